import pkg.models as m
from pkg import models
m.User().save()
models.User.create().save()
