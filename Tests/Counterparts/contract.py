"""Holds a twin to OpenAI's own document: no answer that its schema does not know, and no error of the server's.

    contract.py DOCUMENT URL WORK [EXAMPLES]

It cuts the paths that the twin has out of the document, writes the rest to WORK, and lets schemathesis try the twin with
what it makes up, sound and unsound.
"""
import os
import subprocess
import sys

import yaml

AREAS = ["files", "uploads", "vector_stores", "assistants", "threads", "conversations", "responses", "chat",
         "containers", "batches"]
IDS = ["assistant_id", "batch_id", "completion_id", "container_id", "conversation_id", "file_id", "item_id", "message_id",
       "response_id", "run_id", "step_id", "thread_id", "upload_id", "vector_store_id"]
CHECKS = "not_a_server_error,response_schema_conformance"


def restricted(document):
    """The document's own paths of the twin's areas, without those whose name holds a query.

    Where the document cannot be held to its own words, it is corrected, and nothing else is.
    """
    document["paths"] = {path: methods for path, methods in document["paths"].items()
                         if path.split("/")[1] in AREAS and "?" not in path}
    for path in ["/responses/{response_id}", "/responses/{response_id}/cancel"]:
        for method in document["paths"][path].values():
            # The error without its envelope; all other errors, and the service, have it.
            for response in [method["responses"].get("404")]:
                if response:
                    response["content"]["application/json"]["schema"] = {"$ref": "#/components/schemas/ErrorResponse"}
    for methods in document["paths"].values():
        for method in methods.values():
            for response in method.get("responses", {}).values():
                # The schemas describe an event's data as an object; a checker of streams sees text.
                response.get("content", {}).pop("text/event-stream", None)
    return corrected(document)


def corrected(value):
    if isinstance(value, list):
        return [corrected(element) for element in value]
    if not isinstance(value, dict):
        return value
    value = {key: corrected(member) for key, member in value.items()}
    # The words of `type` are no names of schemas, which is what a discriminator without a mapping says.
    if isinstance(value.get("discriminator"), dict) and "oneOf" in value:
        del value["discriminator"]
    # Some names are required twice, which no schema may say.
    if isinstance(value.get("required"), list):
        value["required"] = list(dict.fromkeys(value["required"]))
    # OpenAPI 3.1 has no `nullable`; the document uses it beside what 3.1 has.
    if value.get("nullable") is True:
        del value["nullable"]
        return {"anyOf": [value, {"type": "null"}]} if value else {}
    return value


def main(document, url, work, examples="20"):
    with open(document) as file:
        cut = restricted(yaml.load(file, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)))
    os.makedirs(work, exist_ok=True)
    path = os.path.join(work, "restricted.yaml")
    with open(path, "w") as file:
        yaml.dump(cut, file, Dumper=getattr(yaml, "CSafeDumper", yaml.SafeDumper), sort_keys=False)
    count = sum(method in methods for methods in cut["paths"].values()
                for method in ("get", "post", "delete", "put", "patch"))
    print(f"contract: {count} operations of {len(cut['paths'])} paths", flush=True)
    # A call is tried on a service that holds what its path names; what calls leave to each other is tried apart.
    environment = {**os.environ, "SCHEMATHESIS_HOOKS": "contract_hooks", "TWIN": url,
                   "PYTHONPATH": os.path.dirname(os.path.abspath(__file__)), "PYTHONDONTWRITEBYTECODE": "1"}
    with open(os.path.join(work, "schemathesis.toml"), "w") as file:
        file.write("[parameters]\n" + "".join(f'{name} = "id_1"\n' for name in IDS))
    command = [os.path.join(os.path.dirname(sys.executable), "schemathesis"), "run", path, "--url", url,
               "--checks", CHECKS, "-H", "Authorization: Bearer sk-twin", "-H", "OpenAI-Beta: assistants=v2",
               "--max-examples", examples, "--generation-deterministic", "--continue-on-failure",
               "--request-timeout", "20", "--suppress-health-check", "all", "--no-color", "--warnings", "off"]
    prepared = subprocess.run(command + ["--phases", "examples,coverage,fuzzing"], cwd=work, env=environment)
    os.remove(os.path.join(work, "schemathesis.toml"))
    joined = subprocess.run(command + ["--phases", "stateful"], cwd=work)
    return prepared.returncode or joined.returncode


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
