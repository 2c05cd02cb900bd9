from tools.licences import is_judged


def test_every_part_of_a_licence_is_judged() -> None:
    assert is_judged("Apache-2.0 AND MIT")
    assert is_judged("Proprietary OR MIT")
    assert not is_judged("MIT AND Proprietary")
    assert not is_judged("nothing said")
