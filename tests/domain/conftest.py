from hypothesis import settings

settings.register_profile("rules", deadline=None, database=None, max_examples=300)
settings.load_profile("rules")
