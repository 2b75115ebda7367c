"""Makes every call that the official client has for what the twin holds, on a twin, and looks at what comes of it.

    official_client.py URL [ESTATE]

The table below has an entry for every call of the client's resources. A call that the client has and the table lacks
fails the test, and so does the opposite. ESTATE is the directory that the twin was made from: with it, every list is
walked to its end and compared with the estate's files.
"""
import inspect
import io
import json
import os
import sys
import warnings
from types import SimpleNamespace

import openai
import pydantic
from openai._resource import SyncAPIResource

warnings.simplefilter("ignore", DeprecationWarning)

RESOURCES = [
    "files", "uploads", "vector_stores", "beta.assistants", "beta.threads", "conversations", "responses",
    "chat.completions", "containers", "batches",
]
# What has no counterpart in the protocol that the twin speaks.
NOT_CALLED = {"responses.connect": "opens a WebSocket"}

TABLE = {}


def call(name):
    """Puts a function into the table: it gets the client's method, the client, and what was made so far."""
    def enter(function):
        assert name not in TABLE, name
        TABLE[name] = function
        return function
    return enter


def calls_of(client):
    """The names of all calls that the client's resources have."""
    def walk(resource, path):
        for name, value in inspect.getmembers(type(resource)):
            if name.startswith("_") or name.startswith("with_"):
                continue
            if inspect.isfunction(value):
                yield f"{path}.{name}"
            elif isinstance(getattr(resource, name), SyncAPIResource):
                yield from walk(getattr(resource, name), f"{path}.{name}")
    for path in RESOURCES:
        yield from walk(find(client, path), path)


def find(client, path):
    for word in path.split("."):
        client = getattr(client, word)
    return client


def ids(page):
    return [element.id for element in page]


def refused(status, function, *arguments, **options):
    try:
        function(*arguments, **options)
    except openai.APIStatusError as error:
        assert error.status_code == status, error
        assert error.response.headers["x-request-id"]
        return error
    raise AssertionError(f"{function} was not refused")


# Files and uploads.

@call("files.create")
def _(method, client, made):
    made.file = method(file=("a;b.jsonl", b'{"x":1}\n{"x":2}\n'), purpose="batch")
    assert made.file.filename == "a;b.jsonl" and made.file.bytes == 16
    made.text = method(file=("t.txt", io.BytesIO(b"text")), purpose="user_data",
                       expires_after={"anchor": "created_at", "seconds": 3600})
    assert made.text.expires_at == made.text.created_at + 3600
    refused(400, method, file=b"x", purpose="nothing")


@call("files.retrieve")
def _(method, client, made):
    assert method(made.file.id) == made.file
    assert refused(404, method, "file-none").body["message"] == "No such File object: file-none"


@call("files.content")
def _(method, client, made):
    assert method(made.file.id).read() == b'{"x":1}\n{"x":2}\n'


@call("files.retrieve_content")
def _(method, client, made):
    assert "1" in method(made.file.id)


@call("files.list")
def _(method, client, made):
    assert ids(method())[:2] == [made.text.id, made.file.id]
    assert made.file.id in ids(method(purpose="batch", order="asc", limit=1))
    assert made.text.id not in ids(method(purpose="batch"))


@call("files.wait_for_processing")
def _(method, client, made):
    assert method(made.file.id).status == "processed"


@call("files.delete")
def _(method, client, made):
    file = client.files.create(file=b"x", purpose="user_data")
    assert method(file.id).deleted
    refused(404, client.files.retrieve, file.id)


@call("uploads.create")
def _(method, client, made):
    made.upload = method(filename="u.txt", purpose="user_data", bytes=6, mime_type="text/plain")
    assert made.upload.status == "pending"


@call("uploads.parts.create")
def _(method, client, made):
    made.parts = [method(made.upload.id, data=data).id for data in (b"abc", b"def")]


@call("uploads.complete")
def _(method, client, made):
    done = method(made.upload.id, part_ids=made.parts)
    assert done.status == "completed" and client.files.content(done.file.id).read() == b"abcdef"
    refused(400, method, made.upload.id, part_ids=made.parts)


@call("uploads.cancel")
def _(method, client, made):
    upload = client.uploads.create(filename="u", purpose="batch", bytes=1, mime_type="text/plain")
    assert method(upload.id).status == "cancelled"


@call("uploads.upload_file_chunked")
def _(method, client, made):
    done = method(file=b"0123456789", filename="c.txt", bytes=10, mime_type="text/plain", purpose="user_data",
                  part_size=4)
    assert client.files.content(done.file.id).read() == b"0123456789"


# Vector stores.

@call("vector_stores.create")
def _(method, client, made):
    made.store = method(name="store", file_ids=[made.text.id], metadata={"tenant": "t1"},
                        expires_after={"anchor": "last_active_at", "days": 7})
    assert made.store.file_counts.total == 1
    assert made.store.expires_at == made.store.last_active_at + 7 * 86400


@call("vector_stores.retrieve")
def _(method, client, made):
    assert method(made.store.id) == made.store


@call("vector_stores.update")
def _(method, client, made):
    assert method(made.store.id, expires_after=None).expires_at is None
    assert method(made.store.id, name="other", metadata={"a": "b"}).metadata == {"a": "b"}


@call("vector_stores.list")
def _(method, client, made):
    assert ids(method(limit=1))[0] == made.store.id
    assert method(before=made.store.id).data == []


@call("vector_stores.search")
def _(method, client, made):
    assert method(made.store.id, query="x").data[0].content[0].text == "text"


@call("vector_stores.files.create")
def _(method, client, made):
    file = method(made.store.id, file_id=made.file.id, attributes={"a": 1.5, "b": True, "c": "d"})
    assert file.attributes == {"a": 1.5, "b": True, "c": "d"} and file.vector_store_id == made.store.id


@call("vector_stores.files.retrieve")
def _(method, client, made):
    assert method(made.file.id, vector_store_id=made.store.id).usage_bytes == 16


@call("vector_stores.files.update")
def _(method, client, made):
    assert method(made.file.id, vector_store_id=made.store.id, attributes={"z": "y"}).attributes == {"z": "y"}


@call("vector_stores.files.list")
def _(method, client, made):
    assert ids(method(made.store.id)) == [made.file.id, made.text.id]
    assert ids(method(made.store.id, filter="failed")) == []


@call("vector_stores.files.content")
def _(method, client, made):
    assert method(made.text.id, vector_store_id=made.store.id).data[0].text == "text"


@call("vector_stores.files.poll")
def _(method, client, made):
    assert method(made.file.id, vector_store_id=made.store.id).status == "completed"


@call("vector_stores.files.delete")
def _(method, client, made):
    assert method(made.file.id, vector_store_id=made.store.id).deleted
    assert client.vector_stores.retrieve(made.store.id).file_counts.total == 1
    client.files.retrieve(made.file.id)


@call("vector_stores.files.create_and_poll")
def _(method, client, made):
    assert method(made.file.id, vector_store_id=made.store.id).status == "completed"


@call("vector_stores.files.upload")
def _(method, client, made):
    assert method(vector_store_id=made.store.id, file=b"one").vector_store_id == made.store.id


@call("vector_stores.files.upload_and_poll")
def _(method, client, made):
    assert method(vector_store_id=made.store.id, file=b"two").status == "completed"


@call("vector_stores.file_batches.create")
def _(method, client, made):
    made.files_batch = method(made.store.id, file_ids=[made.file.id, made.text.id])
    assert made.files_batch.file_counts.in_progress == 2


@call("vector_stores.file_batches.cancel")
def _(method, client, made):
    assert method(made.files_batch.id, vector_store_id=made.store.id).status == "cancelled"


@call("vector_stores.file_batches.retrieve")
def _(method, client, made):
    assert method(made.files_batch.id, vector_store_id=made.store.id).file_counts.cancelled == 2


@call("vector_stores.file_batches.create_and_poll")
def _(method, client, made):
    made.files_batch = method(made.store.id, files=[{"file_id": made.text.id, "attributes": {"k": "v"}}])
    assert made.files_batch.status == "completed"


@call("vector_stores.file_batches.list_files")
def _(method, client, made):
    assert ids(method(made.files_batch.id, vector_store_id=made.store.id)) == [made.text.id]


@call("vector_stores.file_batches.poll")
def _(method, client, made):
    assert method(made.files_batch.id, vector_store_id=made.store.id).file_counts.completed == 1


@call("vector_stores.file_batches.upload_and_poll")
def _(method, client, made):
    assert method(made.store.id, files=[io.BytesIO(b"x")]).status == "completed"


@call("vector_stores.delete")
def _(method, client, made):
    store = client.vector_stores.create()
    assert method(store.id).deleted
    refused(404, client.vector_stores.retrieve, store.id)


# Assistants, threads, messages, runs.

@call("beta.assistants.create")
def _(method, client, made):
    made.assistant = method(model="gpt-4o", name="a", instructions="be brief", metadata={"owner": "o"},
                            tools=[{"type": "file_search"}],
                            tool_resources={"file_search": {"vector_store_ids": [made.store.id]}})
    made.caller = method(model="gpt-4o", tools=[{"type": "function", "function": {"name": "f", "parameters": {}}}])


@call("beta.assistants.retrieve")
def _(method, client, made):
    assert method(made.assistant.id).tool_resources.file_search.vector_store_ids == [made.store.id]


@call("beta.assistants.update")
def _(method, client, made):
    changed = method(made.assistant.id, name="b", response_format={"type": "json_object"})
    assert (changed.name, changed.instructions) == ("b", "be brief")


@call("beta.assistants.list")
def _(method, client, made):
    assert ids(method(limit=2, order="desc"))[:2] == [made.caller.id, made.assistant.id]


@call("beta.assistants.delete")
def _(method, client, made):
    assert method(client.beta.assistants.create(model="m").id).deleted


@call("beta.threads.create")
def _(method, client, made):
    made.thread = method(metadata={"tenant": "t1"}, messages=[
        {"role": "user", "content": "hello",
         "attachments": [{"file_id": made.text.id, "tools": [{"type": "file_search"}]}]}])
    # A file that shall be searched gets a store, which goes a week after its last activity.
    store = client.vector_stores.retrieve(made.thread.tool_resources.file_search.vector_store_ids[0])
    assert store.expires_after.days == 7 and store.file_counts.total == 1


@call("beta.threads.retrieve")
def _(method, client, made):
    assert method(made.thread.id).metadata == {"tenant": "t1"}


@call("beta.threads.update")
def _(method, client, made):
    assert method(made.thread.id, metadata={"tenant": "t2"}).metadata == {"tenant": "t2"}


@call("beta.threads.messages.create")
def _(method, client, made):
    made.message = method(made.thread.id, role="user", metadata={"k": "v"}, content=[
        {"type": "text", "text": "look"}, {"type": "image_file", "image_file": {"file_id": made.text.id}}])
    assert made.message.content[0].text.value == "look"


@call("beta.threads.messages.retrieve")
def _(method, client, made):
    assert method(made.message.id, thread_id=made.thread.id) == made.message


@call("beta.threads.messages.update")
def _(method, client, made):
    assert method(made.message.id, thread_id=made.thread.id, metadata={"k": "w"}).metadata == {"k": "w"}


@call("beta.threads.messages.list")
def _(method, client, made):
    assert ids(method(made.thread.id, limit=1))[0] == made.message.id
    assert ids(method(made.thread.id, run_id="run_none")) == []


@call("beta.threads.messages.delete")
def _(method, client, made):
    assert method(made.message.id, thread_id=made.thread.id).deleted
    assert len(ids(client.beta.threads.messages.list(made.thread.id))) == 1


@call("beta.threads.runs.create")
def _(method, client, made):
    made.run = method(made.thread.id, assistant_id=made.assistant.id, metadata={"a": "b"})
    assert made.run.status == "queued" and made.run.instructions == "be brief"
    refused(400, method, made.thread.id, assistant_id=made.assistant.id)
    error = refused(400, client.beta.threads.messages.create, made.thread.id, role="user", content="x")
    assert "while a run" in error.body["message"]


@call("beta.threads.runs.cancel")
def _(method, client, made):
    assert method(made.run.id, thread_id=made.thread.id).status == "cancelled"
    refused(400, method, made.run.id, thread_id=made.thread.id)


@call("beta.threads.runs.retrieve")
def _(method, client, made):
    assert method(made.run.id, thread_id=made.thread.id).cancelled_at


@call("beta.threads.runs.update")
def _(method, client, made):
    assert method(made.run.id, thread_id=made.thread.id, metadata={"c": "d"}).metadata == {"c": "d"}


@call("beta.threads.runs.list")
def _(method, client, made):
    assert ids(method(made.thread.id)) == [made.run.id]


@call("beta.threads.runs.create_and_poll")
def _(method, client, made):
    made.run = method(thread_id=made.thread.id, assistant_id=made.assistant.id)
    assert made.run.status == "completed"
    newest = client.beta.threads.messages.list(made.thread.id, limit=1).data[0]
    assert newest.role == "assistant" and newest.run_id == made.run.id


@call("beta.threads.runs.steps.list")
def _(method, client, made):
    made.step = method(made.run.id, thread_id=made.thread.id).data[0]
    assert made.step.step_details.type == "message_creation"


@call("beta.threads.runs.steps.retrieve")
def _(method, client, made):
    assert method(made.step.id, thread_id=made.thread.id, run_id=made.run.id).id == made.step.id


@call("beta.threads.runs.poll")
def _(method, client, made):
    made.run = client.beta.threads.runs.create(made.thread.id, assistant_id=made.caller.id)
    made.run = method(made.run.id, thread_id=made.thread.id)
    assert made.run.status == "requires_action"


def outputs(run):
    calls = run.required_action.submit_tool_outputs.tool_calls
    return [{"tool_call_id": call.id, "output": "42"} for call in calls]


@call("beta.threads.runs.submit_tool_outputs")
def _(method, client, made):
    assert method(made.run.id, thread_id=made.thread.id, tool_outputs=outputs(made.run)).status == "queued"
    assert client.beta.threads.runs.retrieve(made.run.id, thread_id=made.thread.id).status == "completed"
    steps = client.beta.threads.runs.steps.list(made.run.id, thread_id=made.thread.id, order="asc").data
    assert [step.type for step in steps] == ["tool_calls", "message_creation"]
    assert steps[0].step_details.tool_calls[0].function.output == "42"


@call("beta.threads.runs.submit_tool_outputs_and_poll")
def _(method, client, made):
    run = client.beta.threads.runs.create_and_poll(thread_id=made.thread.id, assistant_id=made.caller.id)
    done = method(run_id=run.id, thread_id=made.thread.id, tool_outputs=outputs(run))
    assert done.status == "completed"


def finished(manager):
    with manager as stream:
        stream.until_done()
        return stream.get_final_run()


@call("beta.threads.runs.stream")
def _(method, client, made):
    assert finished(method(thread_id=made.thread.id, assistant_id=made.assistant.id)).status == "completed"


@call("beta.threads.runs.create_and_stream")
def _(method, client, made):
    made.run = finished(method(thread_id=made.thread.id, assistant_id=made.caller.id))
    assert made.run.status == "requires_action"


@call("beta.threads.runs.submit_tool_outputs_stream")
def _(method, client, made):
    run = finished(method(run_id=made.run.id, thread_id=made.thread.id, tool_outputs=outputs(made.run)))
    assert run.status == "completed"


@call("beta.threads.create_and_run")
def _(method, client, made):
    run = method(assistant_id=made.assistant.id, thread={"messages": [{"role": "user", "content": "x"}]})
    assert run.status == "queued" and run.thread_id != made.thread.id


@call("beta.threads.create_and_run_poll")
def _(method, client, made):
    assert method(assistant_id=made.assistant.id).status == "completed"


@call("beta.threads.create_and_run_stream")
def _(method, client, made):
    assert finished(method(assistant_id=made.assistant.id, thread={})).status == "completed"


@call("beta.threads.delete")
def _(method, client, made):
    thread = client.beta.threads.create()
    assert method(thread.id).deleted
    refused(404, client.beta.threads.retrieve, thread.id)


# Conversations, responses, completions.

@call("conversations.create")
def _(method, client, made):
    made.conversation = method(metadata={"tenant": "t1"},
                               items=[{"type": "message", "role": "user", "content": "hello"}])


@call("conversations.retrieve")
def _(method, client, made):
    assert method(made.conversation.id) == made.conversation


@call("conversations.update")
def _(method, client, made):
    assert method(made.conversation.id, metadata={"tenant": "t2"}).metadata == {"tenant": "t2"}


@call("conversations.items.create")
def _(method, client, made):
    made.items = method(made.conversation.id, items=[
        {"role": "assistant", "content": "hi"},
        {"type": "function_call", "call_id": "c", "name": "f", "arguments": "{}"},
        {"type": "function_call_output", "call_id": "c", "output": "42"},
        {"role": "user", "content": [{"type": "input_file", "file_id": made.text.id}]}]).data
    assert [item.type for item in made.items] == ["message", "function_call", "function_call_output", "message"]


@call("conversations.items.list")
def _(method, client, made):
    assert len(ids(method(made.conversation.id, limit=2))) == 5


@call("conversations.items.retrieve")
def _(method, client, made):
    item = method(made.items[0].id, conversation_id=made.conversation.id)
    assert item.content[0].text == "hi"


@call("conversations.items.delete")
def _(method, client, made):
    assert method(made.items[0].id, conversation_id=made.conversation.id).id == made.conversation.id
    refused(404, client.conversations.items.retrieve, made.items[0].id, conversation_id=made.conversation.id)


@call("conversations.delete")
def _(method, client, made):
    conversation = client.conversations.create()
    assert method(conversation.id).deleted
    refused(404, client.conversations.retrieve, conversation.id)


@call("responses.create")
def _(method, client, made):
    made.response = method(model="gpt-5.4", input="hello", store=True, metadata={"tenant": "t1"},
                           tools=[{"type": "file_search", "vector_store_ids": [made.store.id]}])
    assert made.response.output_text
    second = method(model="gpt-5.4", previous_response_id=made.response.id, input=[{"role": "user", "content": "x"}])
    assert second.previous_response_id == made.response.id
    before = len(ids(client.conversations.items.list(made.conversation.id)))
    held = method(model="gpt-5.4", conversation=made.conversation.id, input="x")
    assert held.conversation.id == made.conversation.id
    assert len(ids(client.conversations.items.list(made.conversation.id))) == before + 2
    refused(404, client.responses.retrieve, method(model="gpt-5.4", input="x", store=False).id)
    error = refused(400, method, model="gpt-5.4", previous_response_id="resp_none", input="x")
    assert error.code == "previous_response_not_found"


@call("responses.retrieve")
def _(method, client, made):
    assert method(made.response.id).metadata == {"tenant": "t1"}
    assert [event.type for event in method(made.response.id, stream=True)][-1] == "response.completed"


@call("responses.input_items.list")
def _(method, client, made):
    assert [item.content[0].text for item in method(made.response.id)] == ["hello"]


@call("responses.input_tokens.count")
def _(method, client, made):
    assert method(model="gpt-5.4", input="x").input_tokens > 0


@call("responses.compact")
def _(method, client, made):
    assert method(model="gpt-5.4", input="x").output[-1].type == "compaction"


@call("responses.cancel")
def _(method, client, made):
    waiting = client.responses.create(model="gpt-5.4", input="x", background=True)
    assert waiting.status == "queued" and method(waiting.id).status == "cancelled"
    done = client.responses.create(model="gpt-5.4", input="x", background=True)
    assert client.responses.retrieve(done.id).status == "completed"
    refused(400, method, made.response.id)


class Answer(pydantic.BaseModel):
    value: int = 7


@call("responses.parse")
def _(method, client, made):
    assert method(model="gpt-5.4", input="x", text_format=Answer).output_parsed == Answer()


@call("responses.stream")
def _(method, client, made):
    with method(model="gpt-5.4", input="x") as stream:
        assert stream.get_final_response().output_text


@call("responses.delete")
def _(method, client, made):
    method(made.response.id)
    refused(404, client.responses.retrieve, made.response.id)


@call("chat.completions.create")
def _(method, client, made):
    made.completion = method(model="gpt-5.4", store=True, metadata={"tenant": "t1"}, messages=[
        {"role": "system", "content": "be brief"}, {"role": "user", "content": [{"type": "text", "text": "x"}]}])
    assert made.completion.choices[0].message.content
    refused(404, client.chat.completions.retrieve,
            method(model="gpt-5.4", messages=[{"role": "user", "content": "x"}]).id)
    chunks = list(method(model="gpt-5.4", stream=True, messages=[{"role": "user", "content": "x"}]))
    assert chunks[-1].choices[0].finish_reason == "stop"


@call("chat.completions.retrieve")
def _(method, client, made):
    assert method(made.completion.id).model == "gpt-5.4"


@call("chat.completions.list")
def _(method, client, made):
    assert ids(method(order="desc", limit=1))[0] == made.completion.id
    assert ids(method(metadata={"tenant": "none"})) == [] and ids(method(model="none")) == []
    assert made.completion.id in ids(method(metadata={"tenant": "t1"}, model="gpt-5.4"))


@call("chat.completions.update")
def _(method, client, made):
    assert method(made.completion.id, metadata={"a": "b"}).id == made.completion.id


@call("chat.completions.messages.list")
def _(method, client, made):
    assert [message.role for message in method(made.completion.id)] == ["system", "user"]


@call("chat.completions.parse")
def _(method, client, made):
    done = method(model="gpt-5.4", messages=[{"role": "user", "content": "x"}], response_format=Answer)
    assert done.choices[0].message.parsed == Answer()


@call("chat.completions.stream")
def _(method, client, made):
    with method(model="gpt-5.4", messages=[{"role": "user", "content": "x"}]) as stream:
        assert stream.get_final_completion().choices[0].message.content


@call("chat.completions.delete")
def _(method, client, made):
    assert method(made.completion.id).deleted
    refused(404, client.chat.completions.retrieve, made.completion.id)


# Containers and batches.

@call("containers.create")
def _(method, client, made):
    made.container = method(name="box", file_ids=[made.text.id],
                            expires_after={"anchor": "last_active_at", "minutes": 20})
    error = refused(400, method, name="box", expires_after={"anchor": "last_active_at", "minutes": 21})
    assert error.code == "integer_above_max_value"


@call("containers.retrieve")
def _(method, client, made):
    assert method(made.container.id).status == "running"


@call("containers.list")
def _(method, client, made):
    assert ids(method(limit=1))[0] == made.container.id
    assert ids(method(name="no such")) == []


@call("containers.files.create")
def _(method, client, made):
    made.inside = method(made.container.id, file=("in.txt", b"inside"))
    assert made.inside.path == "/mnt/data/in.txt"
    assert method(made.container.id, file_id=made.text.id).bytes == 4


@call("containers.files.retrieve")
def _(method, client, made):
    assert method(made.inside.id, container_id=made.container.id).bytes == 6


@call("containers.files.list")
def _(method, client, made):
    assert len(ids(method(made.container.id, limit=2))) == 3


@call("containers.files.content.retrieve")
def _(method, client, made):
    assert method(made.inside.id, container_id=made.container.id).read() == b"inside"


@call("containers.files.delete")
def _(method, client, made):
    method(made.inside.id, container_id=made.container.id)
    refused(404, client.containers.files.retrieve, made.inside.id, container_id=made.container.id)


@call("containers.delete")
def _(method, client, made):
    method(made.container.id)
    refused(404, client.containers.retrieve, made.container.id)
    client.files.retrieve(made.text.id)


@call("batches.create")
def _(method, client, made):
    made.batch = method(input_file_id=made.file.id, endpoint="/v1/responses", completion_window="24h",
                        metadata={"a": "b"})
    assert made.batch.status == "validating"


@call("batches.cancel")
def _(method, client, made):
    assert method(made.batch.id).status == "cancelling"


@call("batches.retrieve")
def _(method, client, made):
    assert method(made.batch.id).status == "cancelled"
    other = client.batches.create(input_file_id=made.file.id, endpoint="/v1/responses", completion_window="24h")
    done = method(other.id)
    assert done.status == "completed" and done.request_counts.completed == 2
    assert client.files.retrieve(done.output_file_id).purpose == "batch_output"


@call("batches.list")
def _(method, client, made):
    assert made.batch.id in ids(method(limit=1))


class Counted:
    """The client's own method, which remembers that it was called."""

    def __init__(self, method):
        self.method, self.count = method, 0

    def __call__(self, *arguments, **options):
        self.count += 1
        return self.method(*arguments, **options)


def walk(client, estate):
    """Every list to its end: the estate's own records, and nothing twice."""
    def lines(name):
        with open(os.path.join(estate, f"{name}.ndjson")) as file:
            return [json.loads(line) for line in file]

    def same(name, parent_key, parent, page):
        expected = sorted(line["id"] for line in lines(name) if parent is None or line[parent_key] == parent)
        assert sorted(ids(page)) == expected, (name, parent)
        return len(expected)

    total = same("files", None, None, client.files.list(limit=7))
    total += same("assistants", None, None, client.beta.assistants.list(limit=7))
    total += same("vector_stores", None, None, client.vector_stores.list(limit=7))
    for store in lines("vector_stores"):
        page = client.vector_stores.files.list(store["id"], limit=7)
        total += same("vector_store_files", "vector_store_id", store["id"], page)
    for thread in lines("threads"):
        assert client.beta.threads.retrieve(thread["id"]).created_at == thread["created_at"]
        page = client.beta.threads.messages.list(thread["id"], limit=7)
        total += 1 + same("messages", "thread_id", thread["id"], page)
        total += same("runs", "thread_id", thread["id"], client.beta.threads.runs.list(thread["id"]))
    for run in lines("runs"):
        page = client.beta.threads.runs.steps.list(run["id"], thread_id=run["thread_id"])
        total += same("run_steps", "run_id", run["id"], page)
    for conversation in lines("conversations"):
        page = client.conversations.items.list(conversation["id"], limit=7)
        total += 1 + same("conversation_items", "conversation_id", conversation["id"], page)
    for response in lines("responses"):
        assert client.responses.retrieve(response["id"]).created_at == response["created_at"]
        total += 1
    return total


def main(url, estate=None):
    client = openai.OpenAI(api_key="sk-twin", base_url=url, max_retries=0, timeout=20)
    theirs, ours = set(calls_of(client)), set(TABLE) | set(NOT_CALLED)
    assert theirs == ours, f"calls without an entry: {sorted(theirs - ours)}; entries without a call: {sorted(ours - theirs)}"
    walked = walk(client, estate) if estate else 0
    made = SimpleNamespace()
    count = 0
    for name, function in TABLE.items():
        method = Counted(find(client, name))
        try:
            function(method, client, made)
        except Exception as error:
            raise SystemExit(f"official client: {name}: {type(error).__name__}: {error}") from error
        assert method.count, f"{name} was not called"
        count += 1
    wrong = openai.OpenAI(api_key="sk-wrong", base_url=url, max_retries=0)
    assert refused(401, wrong.files.list).code == "invalid_api_key"
    print(f"official client {openai.__version__}: {count} calls on {'an estate' if estate else 'an empty twin'}"
          + (f", {walked} records walked" if estate else ""))


if __name__ == "__main__":
    main(*sys.argv[1:])
