"""Users: sign-in, the lock, roles, the desk without sign-in, and the file of users."""

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import bcrypt
import pytest

from domain import UnusableInput
from office import SignInRefused
from office.users_file import read_users

PASSWORD = "滚滚长江东逝水2026"


def hashed(password):
    return bcrypt.hashpw(password.encode(), bcrypt.gensalt(4)).decode()


def wrong(office, name, times):
    for _ in range(times):
        with pytest.raises(SignInRefused) as refused:
            office.users.sign_in(name, "猜一个密码试试")
    return str(refused.value)


def test_one_machine_needs_no_sign_in_and_its_work_passes_to_the_administrator(office):
    assert office.single_user and office.needs_administrator()
    conversation = office.conversations.start(office.users.local(), "先用起来")
    assert office.users.local().administers and office.users.local() == office.users.local()

    administrator = office.users.create_administrator("王主任", PASSWORD)

    assert not office.single_user and not office.needs_administrator()
    assert office.conversations.all(administrator) == [conversation]
    with pytest.raises(UnusableInput, match="先登录"):
        office.users.local()
    with pytest.raises(UnusableInput, match="已经有管理员"):
        office.users.create_administrator("另一个", PASSWORD)


def test_the_only_user_is_found_while_somebody_writes(office):
    """Every event of a page asks for them."""
    first = office.users.local()
    with office.together(), ThreadPoolExecutor(1) as other:
        assert other.submit(office.users.local).result(timeout=5) == first


def test_another_program_that_makes_the_administrator_is_seen_at_once(office, opened):
    assert office.single_user
    opened().users.create_administrator("王主任", PASSWORD)
    assert not office.single_user and not opened().single_user


def test_the_right_password_signs_in_and_outlives_a_restart(office, clerk, opened, held):
    assert office.users.sign_in(" 小李 ", PASSWORD) == clerk
    office.close()
    assert opened().users.sign_in("小李", PASSWORD).role == "clerk"
    assert PASSWORD.encode() not in held()


@pytest.mark.parametrize("name", ["小李", "无此人"])
def test_five_wrong_passwords_lock_a_name_for_ten_minutes(office, clock, clerk, name, opened):
    assert "再错 1 次" in wrong(office, name, 4)
    assert "锁定 10 分钟" in wrong(office, name, 1)
    clock.passes(minutes=9)
    restarted = opened()
    with pytest.raises(SignInRefused, match="请 1 分钟后再试"):
        restarted.users.sign_in(name, PASSWORD)
    clock.passes(minutes=1)
    assert "再错 4 次" in wrong(office, name, 1)
    assert office.users.sign_in("小李", PASSWORD)


def test_a_success_forgets_the_failures_before_it(office, clerk):
    wrong(office, "小李", 4)
    office.users.sign_in("小李", PASSWORD)
    assert "再错 4 次" in wrong(office, "小李", 1)


def test_guessing_in_parallel_is_no_way_round_the_lock(office, clerk, monkeypatch):
    tried = []
    monkeypatch.setattr(bcrypt, "checkpw", lambda password, stored: bool(tried.append(password)))

    def guess(number):
        with suppress(SignInRefused):
            office.users.sign_in("小李", f"猜测{number}")

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(guess, range(24)))
    assert len(tried) == 5


def test_right_passwords_at_once_all_sign_in(office, clerk):
    """Whoever opens twelve windows at once is no guesser: only what was tried and wrong counts."""
    with ThreadPoolExecutor(12) as pool:
        assert set(pool.map(lambda _: office.users.sign_in("小李", PASSWORD), range(12))) == {clerk}
    assert "再错 4 次" in wrong(office, "小李", 1)


@pytest.mark.parametrize("name", ["王主任", "王主任 ", "小李"])
def test_nobody_is_locked_out_from_elsewhere(office, administrator, clerk, name):
    for _ in range(7):
        with pytest.raises(SignInRefused):
            office.users.sign_in(name, "猜一个密码试试", "10.0.0.66")
    with pytest.raises(SignInRefused, match="已锁定"):
        office.users.sign_in(name, PASSWORD, "10.0.0.66")
    assert office.users.sign_in(name, PASSWORD, "127.0.0.1").name == name.strip()
    with pytest.raises(SignInRefused, match="已锁定"):  # the right one elsewhere does not help who guesses
        office.users.sign_in(name, PASSWORD, "10.0.0.66")


def test_a_lock_is_lifted_for_a_name_and_no_other(office, administrator, clerk):
    office.users.create(administrator, "李", PASSWORD)
    for name, source in (("小李", ""), ("小李", "10.0.0.66"), ("李", "")):
        for _ in range(5):
            with pytest.raises(SignInRefused):
                office.users.sign_in(name, "猜一个密码试试", source)
    assert office.users.unlock(" 小李") and not office.users.unlock("小李")
    assert office.users.sign_in("小李", PASSWORD) and office.users.sign_in("小李", PASSWORD, "10.0.0.66")
    with pytest.raises(SignInRefused, match="已锁定"):
        office.users.sign_in("李", PASSWORD)
    with pytest.raises(UnusableInput, match="没有用户“无此人”"):
        office.users.unlock("无此人")


@pytest.mark.parametrize("off", [{"days": 1000}, {"days": 1}, {"hours": 1}], ids=["years", "a day", "an hour"])
def test_a_clock_that_was_set_forward_and_back_locks_no_longer_than_any_other(office, clock, clerk, off):
    clock.passes(**off)
    wrong(office, "小李", 5)
    clock.passes(**{unit: -amount for unit, amount in off.items()})
    with pytest.raises(SignInRefused, match="请 10 分钟后再试"):
        office.users.sign_in("小李", PASSWORD)
    clock.passes(minutes=4)
    with pytest.raises(SignInRefused, match="请 [67] 分钟后再试"):
        office.users.sign_in("小李", PASSWORD)
    clock.passes(minutes=7)
    assert office.users.sign_in("小李", PASSWORD)


def test_a_clock_set_forward_lifts_a_lock_and_breaks_nothing(office, clock, clerk):
    wrong(office, "小李", 5)
    clock.passes(days=36500)
    assert office.users.sign_in("小李", PASSWORD)


def test_an_unknown_name_takes_the_same_work_as_a_known_one(office, clerk, monkeypatch):
    costs = []
    check = bcrypt.checkpw
    monkeypatch.setattr(bcrypt, "checkpw", lambda p, stored: costs.append(stored[:7]) or check(p, stored))
    assert wrong(office, "小李", 1) == wrong(office, "无此人", 1)
    assert costs[0] == costs[1]


@pytest.mark.parametrize(
    ("password", "reason"),
    [("1234567", "至少要 8"), ("密" * 25, "太长"), ("aaaaaaaa", "容易猜"), ("Li-Ming-2026", "容易猜")],
)
def test_a_poor_password_is_refused(office, administrator, password, reason):
    with pytest.raises(UnusableInput, match=reason):
        office.users.create(administrator, "li-ming-2026", password)


@pytest.mark.parametrize("name", ["", "  ", "有 空格", "a:b", "a/b", "名" * 33, "<b>"])
def test_a_name_that_cannot_be_used(office, administrator, name):
    with pytest.raises(UnusableInput, match="用户名应为"):
        office.users.create(administrator, name, PASSWORD)


@pytest.mark.parametrize("name", ["Chen", "chen", "ＣＨＥＮ"])
def test_names_are_unique_however_they_are_typed(office, administrator, name):
    office.users.create(administrator, "Chen", PASSWORD)
    with pytest.raises(UnusableInput, match="已经有用户"):
        office.users.create(administrator, name, PASSWORD)


def test_a_user_changes_their_own_password(office, clerk):
    with pytest.raises(SignInRefused):
        office.users.change_password(clerk, "不是原来的密码", "新的密码一二三四")
    with pytest.raises(UnusableInput, match="至少要"):
        office.users.change_password(clerk, PASSWORD, "短")
    office.users.change_password(clerk, PASSWORD, "新的密码一二三四")
    assert office.users.sign_in("小李", "新的密码一二三四") == clerk
    wrong(office, "小李", 1)


def test_an_administrator_gives_a_new_password_and_lifts_the_lock(office, administrator, clerk):
    wrong(office, "小李", 5)
    office.users.set_password(administrator, "小李", "新的密码一二三四")
    assert office.users.sign_in("小李", "新的密码一二三四")


def test_a_disabled_user_is_kept_out_and_their_work_kept(office, administrator, clerk):
    conversation = office.conversations.start(clerk, "留着")
    office.users.set_active(administrator, "小李", False)
    with pytest.raises(SignInRefused, match="停用"):
        office.users.sign_in("小李", PASSWORD)
    with pytest.raises(UnusableInput, match="停用"):
        office.users.named("小李")
    office.users.set_active(administrator, "小李", True)
    assert office.conversations.all(office.users.sign_in("小李", PASSWORD)) == [conversation]


def test_only_an_administrator_manages_users_even_with_an_old_session(office, administrator, clerk, reviewer):
    for user in (clerk, reviewer):
        with pytest.raises(UnusableInput, match="只有管理员"):
            office.users.create(user, "新人", PASSWORD)
    second = office.users.create(administrator, "第二", PASSWORD, "administrator")
    office.users.set_role(administrator, "第二", "clerk")
    with pytest.raises(UnusableInput, match="只有管理员"):
        office.users.set_role(second, "小李", "administrator")


def test_the_last_administrator_stays(office, administrator):
    for change in (
        lambda: office.users.set_active(administrator, "王主任", False),
        lambda: office.users.set_role(administrator, "王主任", "clerk"),
    ):
        with pytest.raises(UnusableInput, match="最后一名管理员"):
            change()
    assert office.users.named("王主任").administers


def test_two_first_administrators_at_once_leave_one(office):
    made, start = [], threading.Barrier(2)

    def create(name):
        start.wait()
        with suppress(UnusableInput):
            made.append(office.users.create_administrator(name, PASSWORD))

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(create, ["甲", "乙"]))
    assert len(made) == 1 and office.users.all() == made


# --- the file of users ------------------------------------------------------------------------------


def test_a_file_of_users_is_taken_over_and_followed(office, tmp_path):
    work = office.conversations.start(office.users.local(), "以前的")
    file = tmp_path / "users"
    lines = [f"wang:{hashed('wang-2026')}", f"li:{hashed('li-2026-ab')}", f"zhang:{hashed('zhang-2026')}"]
    file.write_text("\n".join(lines), encoding="utf-8")
    office.users.adopt(read_users(file))
    assert [(user.name, user.role) for user in office.users.all()] == [
        ("li", "clerk"),
        ("wang", "administrator"),
        ("zhang", "clerk"),
    ]
    assert office.conversations.all(office.users.sign_in("wang", "wang-2026")) == [work]

    office.users.change_password(office.users.named("li"), "li-2026-ab", "changed-here")
    lines = [lines[0], lines[1]]
    file.write_text("\n".join(lines), encoding="utf-8")
    office.users.adopt(read_users(file))
    assert office.users.sign_in("li", "changed-here")
    with pytest.raises(SignInRefused, match="停用"):
        office.users.sign_in("zhang", "zhang-2026")

    file.write_text(
        "\n".join([lines[0], f"li:{hashed('from-the-file')}", f"zhang:{hashed('back-again')}"]), encoding="utf-8"
    )
    office.users.adopt(read_users(file))
    assert office.users.sign_in("li", "from-the-file") and office.users.sign_in("zhang", "back-again")


def test_a_line_may_say_the_role(tmp_path):
    file = tmp_path / "users"
    file.write_text(f"a:{hashed('x')}\n\nb:{hashed('x')}:管理员\nc:{hashed('x')}:reviewer\n", encoding="utf-8")
    assert {name: role for name, (_, role) in read_users(file).items()} == {
        "a": "clerk",
        "b": "administrator",
        "c": "reviewer",
    }


@pytest.mark.parametrize(("text", "named"), [("", "没有任何用户"), ("wang:plain\n", "第1行"), ("\n王五\n", "第2行")])
def test_a_users_file_that_cannot_be_used_is_named(tmp_path, text, named):
    file = tmp_path / "users"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(UnusableInput, match=named):
        read_users(file)


@pytest.mark.parametrize("more", ["x", "密", " ", "x" * 200])
def test_a_password_counts_to_its_last_character(office, administrator, more):
    """bcrypt reads 72 bytes, so that whatever follows them would be taken for right."""
    longest = "长江滚滚东逝水浪花淘尽" + "2026-" * 7 + "abcd"
    assert len(longest.encode()) == 72
    office.users.set_password(administrator, administrator.name, longest)
    with pytest.raises(SignInRefused, match="不对"):
        office.users.sign_in(administrator.name, longest + more)
    assert office.users.sign_in(administrator.name, longest) == administrator
