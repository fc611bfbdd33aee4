"""Debian's python3-socketio against the conformance server: the URL, then the transports, as arguments."""

import queue
import sys

import engineio
import socketio

# The client takes 16 packets from one answer to a poll unless told; servers know no such limit.
engineio.payload.Payload.max_decode_packets = 1000
PATIENCE = 10
URL, TRANSPORTS = sys.argv[1], sys.argv[2].split(",")


def connect(namespace="/", auth=None):
    client = socketio.Client(reconnection=False)
    heard = queue.Queue()
    client.on("*", lambda event, *args: heard.put((event, *args)), namespace=namespace)
    client.connect(URL, transports=TRANSPORTS, namespaces=[namespace], auth=auth, wait_timeout=PATIENCE)
    return client, heard


def expect(heard, event):
    while True:
        message = heard.get(timeout=PATIENCE)
        if message[0] == event:
            return list(message[1:])


def same(actual, expected):
    assert actual == expected, f"{actual!r} instead of {expected!r}"


def is_welcomed_with_its_auth():
    client, heard = connect(auth={"token": "abc"})
    same(expect(heard, "welcome")[0]["auth"], {"token": "abc"})
    client.disconnect()


def echoes_text_and_binary():
    client, heard = connect()
    values = ["å😀", 7, 1.5, None, True, [1, {"a": b"\x01\x02"}], b"\x03"]
    client.emit("echo", tuple(values))
    same(expect(heard, "echo"), values)
    same(list(client.call("echo", tuple(values), timeout=PATIENCE)), values)
    client.disconnect()


def answers_a_question():
    client, heard = connect()
    client.on("question", lambda *args: ("answer", args[0], b"\x04"))
    client.emit("ask", ("why",))
    same(expect(heard, "answer"), ["answer", "why", b"\x04"])
    client.disconnect()


def loses_nothing_while_upgrading():
    client, heard = connect()
    client.emit("stream", (300, 10, 1))
    for number in range(300):
        client.emit("up", number)
    # The client handles each event on a thread of its own: what arrives is known, not in which order it is told.
    same(sorted(expect(heard, "seq")[0] for _ in range(300)), list(range(300)))
    same(client.call("up-report", timeout=PATIENCE), list(range(300)))
    client.disconnect()


def hears_its_room():
    client, heard = connect()
    other, other_heard = connect()
    client.call("join", "python", timeout=PATIENCE)
    other.call("socket-to", (["python"], [], "news", {"text": "hello"}), timeout=PATIENCE)
    same(expect(heard, "news"), [{"text": "hello"}])
    client.disconnect()
    other.disconnect()


def joins_only_with_the_token():
    client, _ = connect("/admin", auth={"token": "s3cret"})
    same(client.call("whoami", namespace="/admin", timeout=PATIENCE)["nsp"], "/admin")
    client.disconnect()
    try:
        connect("/admin", auth={"token": "wrong"})
    except socketio.exceptions.ConnectionError:
        return
    raise AssertionError("joined /admin with a wrong token")


for scenario in (
    is_welcomed_with_its_auth,
    echoes_text_and_binary,
    answers_a_question,
    loses_nothing_while_upgrading,
    hears_its_room,
    joins_only_with_the_token,
):
    scenario()
    print(scenario.__name__, "ok", flush=True)
