#!/usr/bin/env bash
# pyawscron 1.0.7: a schedule on the 30th, on the 31st or every ten days has no next run as soon as February, or another month
# that is too short, lies between: it raises ValueError instead of going on to the next month. That of the last day (L) goes
# on. Who checks the schedules of backups with it takes a valid monthly schedule for a wrong one, depending on the day of the
# check.
#
# Seen on 2026-11-29:
#   0 5 30 * ? *  from 2026-01-15: 2026-01-30 05:00:00+00:00
#   0 5 30 * ? *  from 2026-01-31: ValueError: day is out of range for month
#   0 5 L * ? *  from 2026-01-31: 2026-02-28 05:00:00+00:00
set -euo pipefail
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pyawscron==1.0.7 python-dateutil==2.9.0.post0
cat > "$folder/next.py" <<'PYTHON'
import datetime

from pyawscron import AWSCron

for fields, day in [("0 5 30 * ? *", 15), ("0 5 30 * ? *", 31), ("0 5 L * ? *", 31)]:
    start = datetime.datetime(2026, 1, day, 6, tzinfo=datetime.timezone.utc)
    try:
        said = AWSCron(fields).occurrence(start).next()
    except ValueError as error:
        said = f"ValueError: {error}"
    print(f"{fields}  from {start:%Y-%m-%d}: {said}")
PYTHON
"$folder/venv/bin/python" "$folder/next.py" | tee "$folder/seen"
diff "$folder/seen" - <<'SEEN'
0 5 30 * ? *  from 2026-01-15: 2026-01-30 05:00:00+00:00
0 5 30 * ? *  from 2026-01-31: ValueError: day is out of range for month
0 5 L * ? *  from 2026-01-31: 2026-02-28 05:00:00+00:00
SEEN
