"""One year and five years of minutes in one run of the daemon: is the time linear, is the memory flat?

usage: years.py DIGEST. Called by scripts/bench. The minutes are the shipped example of the main committee with another day
and other numbers each month; all wait for a person, so no mail is written: what is timed is reading, scoring, choosing,
rendering and the state."""

import os, pathlib, re, shutil, subprocess, sys, tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
EXAMPLE = "referat-hovedmed-2026-09-16.txt"


def month(text, index):
    year, number = 2022 + index // 12, index % 12 + 1
    text = text.replace("16-09-2026", f"16-{number:02}-{year}").replace("Onsdag d. 16. september 2026", f"16.{number}.{year}")
    return re.sub(r"\b([2-9][0-9])\b", lambda found: str(int(found[0]) + index), text)


def run(digest, count):
    with tempfile.TemporaryDirectory() as name:
        home = pathlib.Path(name)
        for part in ("rules", "templates", "lister"):
            shutil.copytree(ROOT / part, home / part)
        shutil.copy(ROOT / "config.toml", home)
        (home / "examples").mkdir()
        text = (ROOT / "examples" / EXAMPLE).read_text(encoding="utf-8")
        for index in range(count):
            (home / "examples" / f"{index:03}.txt").write_text(month(text, index), encoding="utf-8")
        child = subprocess.Popen([digest, "run", "--once", "--now", "--include-existing"], cwd=home,
                                 stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(child.pid, 0)
        seconds = usage.ru_utime + usage.ru_stime
        assert os.waitstatus_to_exitcode(status) == 0
        told = subprocess.run([digest, "status", "--format", "json"], cwd=home, capture_output=True, text=True).stdout
        return seconds, usage.ru_maxrss / 1024, told.count('"meeting_date"')


digest = str(pathlib.Path(sys.argv[1]).resolve())
before = None
for count in (12, 60):
    seconds, peak, editions = run(digest, count)
    print(f"{count} meetings of 16 items in one run: {seconds:.1f} s of processor time, "
          f"{seconds / count * 1000:.0f} ms each, peak {peak:.1f} MB, {editions} letters wait")
    if before:
        print(f"        time per meeting, five years against one: {seconds / count / before:.2f} (1 is linear)")
    before = seconds / count
