"""A profile with an anchor on each of twenty thousand lines."""


def make(folder):
    (folder / "profile.yaml").write_text("- &a 1\n" * 20_000, "utf-8")
