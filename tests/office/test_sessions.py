"""Who is signed in: across a restart, for a day, and no longer than the office wants."""

import pytest

PASSWORD = "滚滚长江东逝水2026"


def test_a_session_outlives_a_restart_and_ends_after_a_day(office, clock, clerk, opened, held):
    token = office.sessions.open(clerk)
    assert office.sessions.user(token) == clerk
    office.close()
    restarted = opened()
    assert restarted.sessions.user(token) == clerk
    clock.passes(hours=12)
    assert restarted.sessions.user(token) is None
    assert token.encode() not in held()


@pytest.mark.parametrize("token", [None, "", "猜一个"])
def test_nobody_comes_in_without_a_token(office, clerk, token):
    office.sessions.open(clerk)
    assert office.sessions.user(token) is None


@pytest.mark.parametrize(
    "change",
    [
        lambda office, by, token: office.sessions.close(token),
        lambda office, by, token: office.users.set_active(by, "小李", False),
        lambda office, by, token: office.users.set_password(by, "小李", "另一个密码2026"),
        lambda office, by, token: office.users.change_password(
            office.sessions.user(token), PASSWORD, "自己换的密码2026"
        ),
    ],
    ids=["sign-out", "disabled", "reset", "changed"],
)
def test_what_ends_a_session_at_once(office, administrator, clerk, change):
    token, other = office.sessions.open(clerk), office.sessions.open(administrator)
    change(office, administrator, token)
    assert office.sessions.user(token) is None
    assert office.sessions.user(other) == administrator


def test_another_role_counts_at_once(office, administrator, clerk):
    token = office.sessions.open(clerk)
    office.users.set_role(administrator, "小李", "reviewer")
    assert office.sessions.user(token).reviews


def test_who_is_let_in_again_signs_in_again(office, administrator, clerk):
    token = office.sessions.open(clerk)
    office.users.set_active(administrator, "小李", False)
    office.users.set_active(administrator, "小李", True)
    assert office.sessions.user(token) is None
    assert office.sessions.user(office.sessions.open(clerk)) == clerk


@pytest.mark.parametrize("off", [{"days": 1000}, {"days": 1}, {"hours": 2}], ids=["years", "a day", "two hours"])
def test_a_session_of_a_clock_set_forward_does_not_outlive_its_day(office, clock, clerk, off):
    clock.passes(**off)
    token = office.sessions.open(clerk)
    clock.passes(**{unit: -amount for unit, amount in off.items()})
    assert office.sessions.user(token) is None
    again = office.sessions.open(clerk)
    assert office.sessions.user(again) == clerk
    clock.passes(hours=12)
    assert office.sessions.user(again) is None


def test_a_clock_set_forward_asks_to_sign_in_again(office, clock, clerk):
    token = office.sessions.open(clerk)
    clock.passes(days=1000)
    assert office.sessions.user(token) is None
    assert office.sessions.user(office.sessions.open(clerk)) == clerk


def test_whose_clerk_a_user_is_comes_with_the_session(office, administrator):
    made = office.users.create(administrator, "老刘", PASSWORD, "clerk", "云山县教育局")
    assert office.sessions.user(office.sessions.open(made)) == made and made.org == "云山县教育局"
