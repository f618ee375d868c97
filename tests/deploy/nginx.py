"""A real nginx with the configuration of deploy/, on a port of this machine."""

import ssl
import subprocess
import urllib.error
import urllib.request

from staging import find_tool, stage_nginx
from tests.launcher.observing import wait_for
from tests.ports import lasting_port

UNVERIFIED = ssl._create_unverified_context()


class Site:
    """A running nginx that serves ``data/public``. ``get`` returns the answer, whatever its status."""

    def __init__(self, folder, data, upstream_port=None):
        self.public = data / "public"
        self.port, self.upstream_port = lasting_port(), upstream_port or lasting_port()
        self.configure(folder, data)
        command = [find_tool("nginx"), "-e", "stderr", "-p", folder, "-c", folder / "nginx.conf"]
        self.process = subprocess.Popen([*command, "-g", "daemon off; user root;"])
        wait_for(self.answers)

    def configure(self, folder, data):
        stage_nginx(folder)
        site, upstream = folder / "tracker" / "tracker.conf", folder / "tracker" / "upstream.inc"
        site.write_text(site.read_text().replace(f"unix:{folder}/443", f"127.0.0.1:{self.port}"))
        upstream.write_text(f"server 127.0.0.1:{self.upstream_port};")
        rules = folder / "tracker" / "site.inc"
        rules.write_text(rules.read_text().replace("/var/lib/tracker", str(data)))

    def publish(self, path, content):
        file = self.public / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)

    def answers(self):
        try:
            return self.get("/").status == 200
        except urllib.error.URLError:
            return False

    def get(self, path, data=None, **headers):
        url = f"https://127.0.0.1:{self.port}{path}"
        request = urllib.request.Request(url, data, {n.replace("_", "-"): v for n, v in headers.items()})
        try:
            answer = urllib.request.urlopen(request, context=UNVERIFIED, timeout=60)
        except urllib.error.HTTPError as refusal:
            answer = refusal
        with answer:
            answer.body = answer.read()
        return answer

    def stop(self):
        self.process.terminate()
        self.process.wait(60)
