from haystack import indexes
from haystack.exceptions import SkipDocument

from haystack_site.stories.models import Comment, Story


class StoryIndex(indexes.SearchIndex, indexes.Indexable):
    text = indexes.CharField(document=True, model_attr="text")
    title = indexes.CharField(model_attr="title")
    writer = indexes.CharField(model_attr="writer", faceted=True, null=True)
    begins = indexes.EdgeNgramField(model_attr="title")
    inside = indexes.NgramField(model_attr="title")
    views = indexes.IntegerField(model_attr="views", faceted=True)
    price = indexes.DecimalField(model_attr="price")
    rating = indexes.FloatField(model_attr="rating", null=True)
    is_free = indexes.BooleanField(model_attr="is_free")
    published = indexes.DateTimeField(model_attr="published", null=True)
    corrected = indexes.DateField(model_attr="corrected", null=True)
    topics = indexes.MultiValueField(model_attr="topics", faceted=True)
    secret = indexes.CharField(stored=False, default="hidden words")
    unsearched = indexes.CharField(indexed=False, default="only kept")

    def get_model(self):
        return Story

    def prepare(self, obj):
        if obj.text == "skip":
            raise SkipDocument
        return super().prepare(obj)


class CommentIndex(indexes.SearchIndex, indexes.Indexable):
    text = indexes.CharField(document=True, model_attr="text")

    def get_model(self):
        return Comment
