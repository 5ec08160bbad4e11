from pkg import api
