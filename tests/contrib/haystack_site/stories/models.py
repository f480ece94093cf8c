from django.db import models


class Story(models.Model):
    title = models.CharField(max_length=200)
    text = models.TextField()
    writer = models.CharField(max_length=100, blank=True)
    views = models.IntegerField(default=0)
    price = models.DecimalField(max_digits=8, decimal_places=2, default=0)
    rating = models.FloatField(null=True)
    is_free = models.BooleanField(default=True)
    published = models.DateTimeField(null=True)
    corrected = models.DateField(null=True)
    topics = models.JSONField(default=list)


class Comment(models.Model):
    text = models.TextField()
