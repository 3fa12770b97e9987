"""How much memory a page and its workers hold in Chromium, after all that nobody needs any more is thrown away."""

import json
from itertools import count

WASM = "function() { return this.reduce((sum, one) => sum + one.buffer.byteLength, 0); }"


class Insides:
    """What Chromium says of a page and of each of its workers, over its own protocol."""

    def __init__(self, page):
        self.page, self.session, self.numbers, self.answers, self.workers = (
            page,
            page.context.new_cdp_session(page),
            count(),
            {},
            [],
        )
        self.session.on("Target.attachedToTarget", lambda event: self.workers.append(event["sessionId"]))
        self.session.on("Target.receivedMessageFromTarget", self._received)
        self.session.send(
            "Target.setAutoAttach", {"autoAttach": True, "waitForDebuggerOnStart": False, "flatten": False}
        )

    def _received(self, event):
        message = json.loads(event["message"])
        if "id" in message:
            self.answers[message["id"]] = message["result"]

    def _asked(self, worker, method, **given):
        if worker is None:
            return self.session.send(method, given)
        number = next(self.numbers)
        message = json.dumps({"id": number, "method": method, "params": given})
        self.session.send("Target.sendMessageToTarget", {"sessionId": worker, "message": message})
        while number not in self.answers:
            self.page.wait_for_timeout(5)
        return self.answers.pop(number)

    def _modules(self, worker):
        """Return the bytes of all memories of WebAssembly that there are."""
        kind = self._asked(worker, "Runtime.evaluate", expression="WebAssembly.Memory.prototype")["result"]["objectId"]
        found = self._asked(worker, "Runtime.queryObjects", prototypeObjectId=kind)["objects"]["objectId"]
        return self._asked(worker, "Runtime.callFunctionOn", objectId=found, functionDeclaration=WASM)["result"][
            "value"
        ]

    def bytes(self):
        """Return the bytes in use by kind: heaps, buffers and modules of the page and its workers, and elements of the page."""
        held = {"heap": 0, "buffers": 0, "modules": 0}
        for worker in (None, *self.workers):
            for _ in range(2):
                self._asked(worker, "HeapProfiler.collectGarbage")
            usage = self._asked(worker, "Runtime.getHeapUsage")
            held["heap"] += usage["usedSize"] + usage["embedderHeapUsedSize"]
            held["buffers"] += usage["backingStorageSize"]
            held["modules"] += self._modules(worker)
        return held | {"elements": self.session.send("Memory.getDOMCounters")["nodes"]}
