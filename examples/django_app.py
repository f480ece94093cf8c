"""A Django site in one file: a model's rows are indexed as they are saved and deleted, and searched by an address."""

import os
import tempfile
from functools import partial
from pathlib import Path

import django
from django.conf import settings
from django.db import connection, models, transaction
from django.db.models import signals
from django.dispatch import receiver
from django.http import JsonResponse
from django.test import Client
from django.urls import path

import searchlib

FOLDER = Path(os.environ.get("DESK_FOLDER") or (tried_in := tempfile.TemporaryDirectory()).name)
DATABASE = {"ENGINE": "django.db.backends.sqlite3", "NAME": FOLDER / "desk.sqlite3", "OPTIONS": {"timeout": 30}}
settings.configure(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["*"], DATABASES={"default": DATABASE})
django.setup()
index = searchlib.open(FOLDER / "desk.index", create=True)


class Story(models.Model):
    title, text = models.CharField(max_length=200), models.TextField()

    class Meta:
        app_label = "desk"


@receiver([signals.post_save, signals.post_delete], sender=Story)
def index_story(instance, signal, **_):
    article = searchlib.Article(id=f"story-{instance.pk}", title=instance.title, body=instance.text)
    # Only once the row is there for others too: a row that is rolled back is not indexed.
    transaction.on_commit(partial(write, article, delete=signal is signals.post_delete))


def write(article, *, delete):
    with index.writer(timeout_s=30) as writer:  # Threads and processes that write at once wait for one another.
        writer.delete(article.id) if delete else writer.add(article)


def search(request):
    index.refresh()  # What other processes have committed.
    page = index.search(request.GET.get("q", ""), limit=20, timeout_s=2)
    return JsonResponse({"total": page.total, "hits": [hit.as_dict() for hit in page]})


urlpatterns = [path("search", search)]
if __name__ == "__main__":
    with connection.schema_editor() as editor:
        editor.create_model(Story)
    for title in ("Ferry late", "Bridge closed, take the ferry"):
        Story.objects.create(title=title, text="It will be so until Monday.")
    Story.objects.get(title="Ferry late").delete()
    for hit in Client().get("/search", {"q": "ferries"}).json()["hits"]:
        print(hit["id"], hit["snippet"]["title"])
    index.close()
