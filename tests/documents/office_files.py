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


def with_all_accepted(folder: Path, source: Path, written: str) -> Path:
    """Have LibreOffice open ``source``, accept every tracked change and store it as ``written`` (a suffix).

    It asks for the profile that ``office_file`` made in ``folder``: LibreOffice writes its libraries when it first
    starts, and a macro put there before is lost.
    """
    office = shutil.which("soffice")
    assert office, "these tests need LibreOffice: python -m tests.prepare"
    target = folder / f"{source.stem}-accepted.{written}"
    module = folder / "profile" / "user" / "basic" / "Standard" / "Module1.xba"
    module.write_text(_ACCEPT.format(source=source.as_uri(), target=target.as_uri(), filter=_FILTERS[written]))
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [office, profile, "--headless", "--norestore", "macro:///Standard.Module1.Main"]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return target


_FILTERS = {"docx": "MS Word 2007 XML", "odt": "writer8"}
_ACCEPT = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1" script:language="StarBasic">
Sub Main
  Dim opened(0) As New com.sun.star.beans.PropertyValue
  opened(0).Name = "Hidden"
  opened(0).Value = True
  document = StarDesktop.loadComponentFromURL("{source}", "_blank", 0, opened())
  dispatcher = createUnoService("com.sun.star.frame.DispatchHelper")
  accept = ".uno:AcceptAllTrackedChanges"
  dispatcher.executeDispatch(document.CurrentController.Frame, accept, "", 0, Array())
  Dim stored(0) As New com.sun.star.beans.PropertyValue
  stored(0).Name = "FilterName"
  stored(0).Value = "{filter}"
  document.storeToURL("{target}", stored())
  document.close(True)
  StarDesktop.terminate
End Sub
</script:module>
"""
