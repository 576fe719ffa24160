"""Whose an uploaded file is, asked of the very server that Gradio makes of the page."""

import re
import socket

import gradio as gr
import httpx
import pytest
from starlette.middleware import Middleware

from domain import UnusableInput
from services import Gongkai
from settings import load_settings
from ui.guard import Guard
from ui.session import acting
from ui.signin import COOKIE, routes, to_signin, who
from ui.uploads import Uploads, belongs, is_anothers, refuse_anothers

PASSWORD = "滚滚长江东逝水2026"


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """Services with two users, and clients signed in as them and as nobody, before one small page."""
    with pytest.MonkeyPatch.context() as patch:
        home = tmp_path_factory.mktemp("office") / "data"
        (home / "temporary").mkdir(parents=True)
        patch.setenv("GRADIO_TEMP_DIR", str(home / "temporary"))
        services = Gongkai(load_settings(home=home, llm="none"))
        administrator = services.people.create_administrator("王主任", PASSWORD)
        services.people.create(administrator, "小李", PASSWORD)
        with gr.Blocks(analytics_enabled=False) as page:
            given = gr.File(label="文件")
            read = gr.Textbox(label="内容")

            @acting(services)
            def opened(user, file):
                return f"{user.name}读到{len(open(file, encoding='utf-8').read())}个字"

            gr.Button("读").click(opened, given, read, api_name="read")
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        page.launch(
            server_name="127.0.0.1",
            server_port=port,
            prevent_thread_lock=True,
            quiet=True,
            auth_dependency=who(services),
            app_kwargs={
                "routes": routes(services),
                "exception_handlers": {401: to_signin},
                "middleware": [Middleware(Guard), Middleware(Uploads, who(services))],
            },
        )

        def client(name=""):
            made = httpx.Client(base_url=f"http://127.0.0.1:{port}", trust_env=False, timeout=30)
            if name:
                made.cookies.set(COOKIE, services.people.sign_in(name, PASSWORD))
            return made

        yield client
        page.close()


def upload(client, name="台账.txt", text="一行"):
    return client.post("/gradio_api/upload", files={"files": (name, text.encode())})


def test_who_is_not_signed_in_uploads_and_fetches_nothing(office):
    path = upload(office("小李")).json()[0]
    nobody = office()
    assert upload(nobody).status_code == 401
    assert nobody.get(f"/gradio_api/file={path}").status_code == 401
    assert nobody.get("/gradio_api/upload_progress?upload_id=x").status_code in (401, 404)


def test_an_upload_is_served_to_its_user_alone(office):
    mine, other = office("小李"), office("王主任")
    path = upload(mine, text="小李的台账").json()[0]
    assert mine.get(f"/gradio_api/file={path}").text == "小李的台账"
    folder, _, name = path.rpartition("/")
    for spelling in (
        path,
        f"/{path}",
        f"//{path}",
        f"{folder}/./{name}",
        f"{folder}/../{folder.rpartition('/')[2]}/{name}",
    ):
        for way in ("file=", "file/"):
            refused = other.get(f"/gradio_api/{way}{spelling}")
            assert refused.status_code in (403, 404) and "小李" not in refused.text, spelling
    assert other.head(f"/gradio_api/file={path}").status_code == 404


def test_an_upload_is_read_for_its_user_alone(office):
    mine, other = office("小李"), office("王主任")
    path = upload(mine, name="登记.txt", text="小李的登记").json()[0]

    def read(client):
        given = {"data": [{"path": path, "meta": {"_type": "gradio.FileData"}}]}
        event = client.post("/gradio_api/call/read", json=given).json()["event_id"]
        return client.get(f"/gradio_api/call/read/{event}").text

    assert "小李读到5个字" in re.sub(r"\\u([0-9a-f]{4})", lambda m: chr(int(m[1], 16)), read(mine))
    refused = read(other)
    assert "error" in refused and "个字" not in re.sub(r"\\u([0-9a-f]{4})", lambda m: chr(int(m[1], 16)), refused)


def test_who_uploads_the_same_file_has_it_too(office):
    mine, other = office("小李"), office("王主任")
    path, same = upload(mine, "同.txt", "同样").json()[0], upload(other, "同.txt", "同样").json()[0]
    assert path == same
    assert [client.get(f"/gradio_api/file={path}").text for client in (mine, other)] == ["同样", "同样"]


def test_a_cross_site_upload_is_refused(office):
    client = office("小李")
    sent = {"files": {"files": ("台账.txt", b"x")}}
    for told in ({"origin": "http://evil.example"}, {"sec-fetch-site": "cross-site"}, {"origin": "null"}):
        assert client.post("/gradio_api/upload", **sent, headers=told).status_code == 403
    for told in ({"origin": "http://evil.example"}, {"sec-fetch-site": "same-site"}):
        sent = {"data": {"name": "小李", "password": PASSWORD}, "headers": told}
        refused = office().post("/signin", **sent)
        assert refused.status_code == 403 and COOKIE not in refused.cookies


def test_a_handler_is_given_no_file_of_another(tmp_path):
    file = str(tmp_path / "a.xlsx")
    belongs("小李", [file])
    refuse_anothers("小李", (file, [file], None, "", 3, ["x", None]))
    assert is_anothers("王主任", file) and not is_anothers("王主任", str(tmp_path / "b.xlsx"))
    for given in ((file,), ([file],), ("x", ["y", file])):
        with pytest.raises(UnusableInput, match="别的用户上传"):
            refuse_anothers("王主任", given)
