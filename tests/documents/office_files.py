"""Files as a real LibreOffice writes them, for the tests that read them again."""

import shutil
import subprocess
from pathlib import Path


def office_file(folder: Path, source: Path, written: str) -> Path:
    """Have LibreOffice write ``source`` anew; ``written`` is a suffix, or a suffix and LibreOffice's name for it."""
    office = shutil.which("soffice")
    assert office, "these tests need LibreOffice: python -m tests.prepare"
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [office, profile, "--headless", "--convert-to", written, "--outdir", str(folder), str(source)]
    subprocess.run(command, check=True, capture_output=True)
    return folder / f"{source.stem}.{written.partition(':')[0]}"
