"""Who may ask, how often, by which name; and what every answer has."""

from __future__ import annotations

import logging

import pytest
from starlette.testclient import TestClient

import searchlib
from searchlib import Article
from searchlib.errors import IndexCorruptError, MissingExtraError, SettingError
from searchlib.web import Limits, app
from searchlib.web.problems import KINDS, problem_of
from searchlib.web.safety.headers import SECURITY_HEADERS
from searchlib.web.safety.hosts import Hosts
from searchlib.web.safety.rates import Rates, client_key
from searchlib.web.safety.tokens import COOKIE

SECRET = "a-secret-of-some-length"


@pytest.mark.parametrize(
    "address",
    ["/api/search?q=herring", "/nothing", "/api/search?limit=x", "/static/nothing", "/static/../app.py", "/feed.atom"],
)
def test_every_answer_has_the_headers(client, address):
    headers = client.get(address).headers

    assert {name: headers.get(name) for name in SECURITY_HEADERS if name != "Cache-Control"} == {
        name: value for name, value in SECURITY_HEADERS.items() if name != "Cache-Control"
    }
    assert "cache-control" in headers
    assert "set-cookie" not in headers


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "FOO"])
def test_nothing_but_reading_is_answered(client, method):
    response = client.request(method, "/api/search?q=herring")

    assert response.status_code == 405
    assert response.headers["allow"] == "GET, HEAD"
    assert response.headers["content-type"] == "application/problem+json"


def test_a_body_is_refused(client):
    assert client.request("GET", "/api/search?q=herring", content=b"x").status_code == 413


def test_an_address_that_is_too_long_is_refused(client_of):
    response = client_of(limits=Limits(address_chars=50)).get("/api/search?q=" + "a" * 50)

    assert response.status_code == 414


@pytest.mark.parametrize(
    ("host", "status"),
    [("localhost", 200), ("LOCALHOST:8000", 200), ("127.0.0.1:1", 200), ("[::1]:8000", 200), ("localhost.", 200),
     ("evil.example", 421), ("localhost.evil.example", 421), ("127.0.0.1.evil.example", 421), ("", 421)],
)  # fmt: skip
def test_a_page_elsewhere_whose_name_points_here_is_not_answered(client_of, host, status):
    client = client_of(hosts=("localhost", "127.0.0.1", "::1"))

    assert client.get("/api/search?q=herring", headers={"Host": host}).status_code == status


def test_names_of_hosts_have_no_ports():
    assert Hosts(["News.Example.org:8000"]).has("news.example.org")


def test_whoever_does_not_show_the_token_is_told_so(client_of):
    client = client_of(token=SECRET)
    wrong = [
        {},
        {"Authorization": "Bearer wrong"},
        {"Authorization": SECRET},
        {"Authorization": f"Basic {SECRET}"},
        {"Cookie": f"{COOKIE}={SECRET}"},
        {"Cookie": f"{COOKIE}="},
    ]

    assert {client.get("/api/search", headers=headers).status_code for headers in wrong} == {401}
    assert client.get("/api/search?token=wrong").status_code == 401
    assert client.get("/api/search").headers["www-authenticate"].startswith("Bearer")
    assert client.get("/api/search", headers={"Authorization": f"Bearer {SECRET}"}).status_code == 200
    assert client.get("/api/search", headers={"Authorization": f"bearer  {SECRET}"}).status_code == 200


def test_a_browser_shows_the_token_once_and_then_a_cookie(client_of):
    client = client_of(token=SECRET)
    first = client.get(f"/api/search?q=a+b&token={SECRET}&section=World", follow_redirects=False)

    assert first.status_code == 303
    assert first.headers["location"] == "/api/search?q=a+b&section=World"
    assert SECRET not in first.headers["set-cookie"]
    assert {"HttpOnly", "SameSite=strict", "Path=/"} <= set(first.headers["set-cookie"].split("; "))
    assert client.get("/api/search").status_code == 200


def test_a_login_does_not_lead_to_another_host(client_of):
    client = client_of(token=SECRET)
    response = client.get(f"http://testserver//evil.example/?token={SECRET}", follow_redirects=False)

    assert response.headers["location"] == "/evil.example/"


def test_style_sheets_are_there_for_a_page_that_asks_for_the_token(client_of, tmp_path):
    (tmp_path / "own.css").write_text("p { color: red }")
    client = client_of(token=SECRET, static=tmp_path)

    assert client.get("/static/own.css").status_code == 200


def test_the_host_decides_who_may_read(client_of):
    async def later(request):
        return request.headers.get("x-user") == "ida"

    for allow in (later, lambda request: request.headers.get("x-user") == "ida"):
        client = client_of(allow=allow)

        assert client.get("/api/search").status_code == 403
        assert client.get("/api/search", headers={"X-User": "ida"}).status_code == 200


def test_a_client_that_asks_too_often_is_told_when_to_come_again(client_of):
    client = client_of(client_host="203.0.113.7", limits=Limits(requests_per_s=0.5, burst=3))
    answers = [client.get("/api/stats") for _ in range(4)]

    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert answers[3].headers["retry-after"] == "2"
    assert answers[3].json()["retry"] is True


def test_this_machine_is_not_counted(client_of):
    client = client_of(client_host="127.0.0.1", limits=Limits(requests_per_s=0.5, burst=1))

    assert {client.get("/api/stats").status_code for _ in range(5)} == {200}


def test_a_bucket_fills_over_time():
    now = 0.0
    rates = Rates(2.0, 2, clock=lambda: now)
    first = [rates.wait_s("a") for _ in range(3)]
    now = 0.5
    second = [rates.wait_s("a") for _ in range(2)]
    now = 1000.0
    third = [rates.wait_s("a") for _ in range(3)]

    assert first == [0, 0, 0.5]
    assert second == [0, 0.5]
    assert third == [0, 0, 0.5]
    assert rates.wait_s("b") == 0


def test_so_many_clients_are_remembered_and_no_more(monkeypatch):
    monkeypatch.setattr("searchlib.web.safety.rates._MOST_CLIENTS", 3)
    rates = Rates(0.001, 1)
    for client in "abcd":
        rates.wait_s(client)

    assert len(rates._buckets) == 3
    assert rates.wait_s("d") > 0
    assert rates.wait_s("a") == 0


@pytest.mark.parametrize(
    ("host", "key"),
    [("127.0.0.1", None), ("127.9.9.9", None), ("::1", None), ("::ffff:127.0.0.1", None), (None, None),
     ("203.0.113.7", "203.0.113.7"), ("::ffff:203.0.113.7", "203.0.113.7"),
     ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"), ("testclient", "testclient")],
)  # fmt: skip
def test_whoever_has_a_network_of_ipv6_is_one_client(host, key):
    assert client_key(host) == key


@pytest.mark.parametrize("name", ["query_chars", "search_s", "threads", "burst"])
@pytest.mark.parametrize("value", [0, -1, "1", True, float("nan")])
def test_a_limit_is_a_number_above_zero(name, value):
    with pytest.raises(SettingError, match=name):
        Limits(**{name: value})


def test_a_request_that_comes_when_too_many_wait_is_told_to_come_again(client_of, monkeypatch):
    from searchlib.web import room

    async def busy(self, function):
        raise room.BusyError

    monkeypatch.setattr(room.Work, "run", busy)
    response = client_of().get("/api/search?q=herring")

    assert (response.status_code, response.headers["retry-after"]) == (503, "1")


def test_no_more_wait_than_may(monkeypatch):
    import anyio

    from searchlib.web.room import BusyError, Work

    async def main() -> list[str]:
        work = Work(threads=1, waiting=2, wait_s=0.05)
        release, said = anyio.Event(), []

        async def ask(name: str, wait_s: float = 0) -> None:
            try:
                said.append(await work.run(lambda: (blocked.wait(5), name)[1]))
            except BusyError:
                said.append(f"{name} is refused")

        import threading

        blocked = threading.Event()
        async with anyio.create_task_group() as tasks:
            for name in ("first", "second", "third", "fourth"):
                tasks.start_soon(ask, name)
            while len(said) < 3:
                await anyio.sleep(0.005)
            blocked.set()
        assert release
        return said

    assert sorted(anyio.run(main)) == ["first", "fourth is refused", "second is refused", "third is refused"]


def test_an_error_of_the_server_tells_nothing_of_it(client_of, monkeypatch, caplog):
    message = "/secret/path " + "HERRING".lower()

    def fail(*_, **__):
        raise RuntimeError(message)

    client = client_of()
    monkeypatch.setattr(searchlib.Index, "search", fail)
    response = client.get("/api/search?q=herring")

    assert response.status_code == 500
    assert response.json() == {
        "type": "urn:searchlib:error:Exception", "title": "The server made a mistake", "status": 500, "retry": False,
    }  # fmt: skip
    assert "herring" not in caplog.text
    assert "RuntimeError while answering a request" in caplog.text
    assert "test_guards.py" in caplog.text


def test_every_error_of_the_library_has_a_kind():
    errors = [each for each in vars(searchlib).values() if isinstance(each, type) and issubclass(each, Exception)]

    assert {each.__name__ for each in errors if not issubclass(each, tuple(KINDS)[:-1])} == set()


def test_an_error_that_names_files_does_not_tell_its_message():
    problem = problem_of(IndexCorruptError("/home/ida/news", "/home/ida/news/a.seg", expected="x", got="y"))

    assert "/home" not in problem.to_json()
    assert problem.status == 500
    assert "searchlib[arrow]" in problem_of(MissingExtraError("arrow", "writing Parquet")).detail


def test_a_line_of_the_log_has_no_query_unless_it_is_asked_for(client_of, caplog):
    caplog.set_level(logging.INFO, logger="searchlib.web.access")
    client_of().get("/api/search?q=herring")
    client_of(log_queries=True).get("/api/search?q=quotas")
    lines = [record.getMessage() for record in caplog.records if record.name == "searchlib.web.access"]

    assert [line.rsplit(" ", 2)[0] for line in lines] == [
        "testclient GET /api/search 200",
        "testclient GET /api/search?q=quotas 200",
    ]


def test_no_control_character_reaches_the_log(client_of, caplog):
    caplog.set_level(logging.INFO, logger="searchlib.web.access")
    client_of(log_queries=True).get("/%0d%0aforged%1b[31m%e2%80%ae" + "a" * 2000)
    line = next(record.getMessage() for record in caplog.records if record.name == "searchlib.web.access")

    assert line.isprintable()
    assert len(line) < 700


def test_a_missing_library_is_named(index_path, monkeypatch):
    import sys

    monkeypatch.setitem(sys.modules, "starlette", None)
    for name in [name for name in sys.modules if name.startswith("searchlib.web.")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "starlette.applications", None)

    with pytest.raises(MissingExtraError, match=r"searchlib\[web\]"):
        app(index_path)


def test_the_guards_stand_before_a_mounted_application_too(index_path):
    from starlette.applications import Starlette
    from starlette.routing import Mount

    with searchlib.open(index_path) as index:
        client = TestClient(Starlette(routes=[Mount("/search", app(index, token=SECRET))]))

        assert client.get("/search/api/stats").status_code == 401
        response = client.get(f"/search/api/stats?token={SECRET}", follow_redirects=False)
        assert response.headers["location"] == "/search/api/stats"
        assert "Path=/search" in response.headers["set-cookie"]
        assert client.get("/search/api/stats").json()["articles"] == 4


def test_a_login_leads_to_the_same_article_whatever_its_id(tmp_path, client_of):
    with searchlib.create(tmp_path / "i") as index, index.writer() as writer:
        writer.add(Article(id="a%2/b?c#d", title="Herring"))
    client = client_of(tmp_path / "i", token=SECRET)
    address = "/api/articles/a%252/b%3Fc%23d"
    response = client.get(f"{address}?token={SECRET}", follow_redirects=False)

    assert response.headers["location"] == address
    assert client.get(address).json()["title"] == "Herring"


@pytest.mark.parametrize("token", ["", " "])
def test_a_token_that_is_empty_is_refused(index_path, token):
    with pytest.raises(SettingError, match="token"):
        app(index_path, token=token)


def test_the_log_says_which_file_of_an_index_is_damaged(client_of, monkeypatch, caplog):
    folder = "/home/" + "ida"

    def fail(*_, **__):
        raise IndexCorruptError(folder, f"{folder}/a.seg", expected="x", got="y\x1b")

    client = client_of()
    monkeypatch.setattr(searchlib.Index, "search", fail)
    response = client.get("/api/search?q=herring")

    assert "/home" not in response.text
    assert "/home/ida/a.seg" in caplog.text
    assert "\x1b" not in caplog.text


def test_a_slow_search_is_not_logged_with_its_query_unless_that_is_asked_for(client_of, monkeypatch, caplog):
    monkeypatch.setattr(searchlib.Index, "slow_s", 0.0)
    client_of().get("/api/search?q=herring")
    client_of(log_queries=True).get("/api/search?q=quotas")

    assert "herring" not in caplog.text
    assert "quotas" in caplog.text
