"""Parameters of addresses that say how a reader came, and nothing of what is read there."""

from __future__ import annotations

from typing import Final

__all__ = ["is_tracking"]

#: What the names of such parameters begin with, in lower case: those of measuring and mailing services.
PREFIXES: Final = (
    "utm_",
    "at_",
    "mtm_",
    "pk_",
    "piwik_",
    "hsa_",
    "mc_",
    "ns_",
    "ga_",
    "trk_",
    "vero_",
    "oly_",
    "xtor",
    "__twitter_",
)

#: Names of such parameters, in lower case.
NAMES: Final = frozenset(
    [
        "fbclid",
        "gclid",
        "gclsrc",
        "dclid",
        "gbraid",
        "wbraid",
        "msclkid",
        "yclid",
        "twclid",
        "ttclid",
        "igshid",
        "igsh",
        "li_fat_id",
        "epik",
        "mkt_tok",
        "_hsenc",
        "_hsmi",
        "_ga",
        "_gl",
        "_openstat",
        "cmp",
        "cmpid",
        "cmp_id",
        "campaign",
        "campaign_id",
        "campaignid",
        "smid",
        "smtyp",
        "icid",
        "intcid",
        "int_source",
        "int_campaign",
        "itid",
        "ito",
        "ocid",
        "ncid",
        "tpcc",
        "taid",
        "guccounter",
        "guce_referrer",
        "guce_referrer_sig",
        "referrer",
        "referer",
        "srnd",
        "sref",
        "sr_share",
        "spm",
        "s_cid",
        "s_kwcid",
        "wt_mc",
        "wt.mc_id",
        "wt_zmc",
        "wtrid",
        "xtref",
        "trk",
        "trkcampaign",
        "tracking_id",
        "trackid",
        "mbid",
        "nlid",
        "newsletter_id",
        "emc",
        "regi_id",
        "feedid",
        "fb_ref",
        "fb_source",
        "fb_action_ids",
        "fb_action_types",
        "action_object_map",
        "action_type_map",
        "action_ref_map",
        "share_id",
        "shareid",
        "sharetoken",
        "share_token",
        "shtoken",
        "share_type",
        "sharetype",
        "share_source",
        "soc_src",
        "soc_trk",
        "socialshare",
        "ftag",
        "ftcamp",
        "lipi",
        "dicbo",
        "obref",
        "outbrainclickid",
        "tblci",
        "taboolaclickid",
        "amp_js_v",
        "amp_gsa",
        "usqp",
        "phpsessid",
        "jsessionid",
        "reflink",
        "wprov",
        "__cf_chl_tk",
    ]
)

#: Values of parameters that mean something on one site and nothing on another: name → values that mean nothing.
VALUES: Final = {
    name: frozenset(values.split())
    for name, values in {
        "amp": "1 true yes amp",
        "ref": "rss feed twitter facebook fb tw x linkedin reddit whatsapp email mail newsletter nl home homepage hp share"
        " social google googlenews news nav related more upstract flipboard telegram pocket instapaper",
        "source": "rss feed twitter facebook fb linkedin reddit whatsapp email mail newsletter social share google"
        " googlenews homepage push app web",
        "src": "rss feed twitter facebook fb linkedin reddit whatsapp email mail newsletter social share google homepage push",
        "from": "rss feed twitter facebook fb linkedin whatsapp email newsletter social share google timeline singlemessage"
        " groupmessage homepage",
        "via": "rss feed twitter facebook linkedin whatsapp email newsletter social share google",
        "output": "amp",
        "outputtype": "amp",
        "view": "amp mobile",
        "mode": "amp mobile",
        "m": "1",
        "mobile": "1 true",
        "print": "1 true",
        "partner": "rss feed",
        "share": "1 true twitter facebook linkedin email whatsapp reddit telegram",
        "format": "amp",
        "rss": "1 true yes",
        "mod": "rss rsswn rss_feed newsletter share",
        "feature": "rss share youtu.be",
    }.items()
}


def is_tracking(name: str, value: str) -> bool:
    """Whether a parameter of an address says nothing of what is read there."""
    name = name.lower()
    if name in NAMES or name.startswith(PREFIXES):
        return True
    known = VALUES.get(name)
    return known is not None and (value.lower() in known or (name == "amp" and not value))
