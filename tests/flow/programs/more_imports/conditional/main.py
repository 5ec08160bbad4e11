import sys
if sys.version_info > (3,):
    import new as impl
else:
    import old as impl

impl.run()
