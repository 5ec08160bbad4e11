try:
    import fast as impl
except ImportError:
    import slow as impl
impl.run()
