"""Settings of the site; the index is where the environment says."""

import os

SECRET_KEY = "not a secret"
USE_TZ = False
TIME_ZONE = "UTC"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
INSTALLED_APPS = ["django.contrib.contenttypes", "haystack", "haystack_site.stories"]
HAYSTACK_CONNECTIONS = {
    "default": {
        "ENGINE": "searchlib.contrib.haystack.SearchlibEngine",
        "PATH": os.environ["SITE_INDEX"],
        "INCLUDE_SPELLING": True,
        "SILENTLY_FAIL": False,
    },
    "silent": {"ENGINE": "searchlib.contrib.haystack.SearchlibEngine", "PATH": os.environ["SITE_INDEX"] + ".silent"},
}
