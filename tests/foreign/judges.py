"""
Verifiers by others, each as a function: proofs in, for each whether it holds.

Go's sumdb, aics-tlog and scitt-cose know both kinds of proof. sigstore knows inclusion; pymerkle knows inclusion, and
has another form of consistency proofs than RFC 6962.
"""

import importlib.util
import json
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pymerkle
from pymerkle.core import _inclusion_path_layout
from pymerkle.proof import InclusionProof, InvalidProof
from sigstore._internal import merkle as sigstore_merkle
from sigstore.errors import VerificationError

from tests.foreign.proving import Inclusion, as_json

HERE = Path(__file__).parent
SUMDB_SOURCE = "/usr/share/gocode"  # Debian's golang-golang-x-mod-dev


def build_go(folder):
    """Compile the Go program, without a network, and return its path."""
    program = folder / "sumdb"
    environment = {"GOPATH": SUMDB_SOURCE, "GO111MODULE": "off", "GOCACHE": str(folder / "cache"), "CGO_ENABLED": "0"}
    command = ["/usr/bin/go", "build", "-o", str(program), str(HERE / "sumdb" / "main.go")]
    subprocess.run(command, env={**environment, "PATH": "/usr/bin:/bin", "HOME": str(folder)}, check=True)
    return program


def go(program, questions):
    """Ask the Go program."""
    lines = "".join(f"{json.dumps(question)}\n" for question in questions)
    answers = subprocess.run([program], input=lines, capture_output=True, text=True, check=True).stdout.split()
    assert len(answers) == len(questions)
    return [answer == "true" for answer in answers]


def go_sumdb(program):
    return lambda proofs: go(program, [as_json(proof) for proof in proofs])


def install(folder):
    """Put the packages of requirements.txt into a folder. Their hashes are checked, what they need is not taken."""
    options = ["--no-deps", "--ignore-requires-python", "--require-hashes", "--disable-pip-version-check", "-q"]
    command = [sys.executable, "-m", "pip", "install", *options, "--target", str(folder)]
    subprocess.run([*command, "-r", str(HERE / "requirements.txt")], check=True)


def load(folder, package, module=""):
    """Import a package from a folder; or one module of it, without what the rest of the package needs."""
    path = folder / package / f"{module or '__init__'}.py"
    name = f"{package}.{module}" if module else package
    places = None if module else [str(folder / package)]
    spec = importlib.util.spec_from_file_location(name, path, submodule_search_locations=places)
    loaded = importlib.util.module_from_spec(spec)
    sys.modules[name] = loaded
    spec.loader.exec_module(loaded)
    return loaded


def aics_tlog(folder):
    tlog = load(folder, "aics_tlog")

    def holds(proof):
        if isinstance(proof, Inclusion):
            return tlog.verify_inclusion(proof.leaf, proof.index, proof.size, proof.hashes, proof.root)
        return tlog.verify_consistency(proof.old, proof.size, proof.old_root, proof.root, proof.hashes)

    return lambda proofs: [holds(proof) for proof in proofs]


def scitt_cose(folder, bodies):
    """scitt-cose hashes the entry itself: where a leaf is no entry's hash, it is given an entry that does not exist."""
    merkle = load(folder, "scitt_cose", "merkle")

    def holds(proof):
        hashes = [hash_.hex() for hash_ in proof.hashes]
        if isinstance(proof, Inclusion):
            entry = bodies.get(proof.leaf, b"no entry").hex()
            return merkle.verify_inclusion(entry, proof.index, proof.size, hashes, proof.root.hex())
        return merkle.verify_consistency(proof.old_root.hex(), proof.root.hex(), proof.old, proof.size, hashes)

    return lambda proofs: [holds(proof) for proof in proofs]


def sigstore(bodies):
    def holds(proof):
        inner = {"log_index": proof.index, "tree_size": proof.size, "hashes": list(proof.hashes)}
        inclusion = SimpleNamespace(**inner, root_hash=proof.root)
        body = bodies.get(proof.leaf, b"no entry")
        entry = SimpleNamespace(_inner=SimpleNamespace(inclusion_proof=inclusion, canonicalized_body=body))
        try:
            sigstore_merkle.verify_merkle_inclusion(entry)
        except VerificationError:
            return False
        return True

    return lambda proofs: [holds(proof) for proof in proofs]


def pymerkle_inclusion(proofs):
    def holds(proof):
        rule, _ranges = _inclusion_path_layout(proof.index + 1, proof.size)
        path = [proof.leaf, *proof.hashes]
        given = InclusionProof("sha256", True, proof.size, proof.index + 1, rule, path)
        try:
            pymerkle.verify_inclusion(proof.leaf, proof.root, given)
        except InvalidProof:
            return False
        return True

    return [holds(proof) for proof in proofs]
