def base(): pass
