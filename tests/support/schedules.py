"""What somebody else's reader of AWS schedules makes of them: the longest time between two runs, minutes.

Prints `fixtures/schedules.csv` anew: an expression, and the longest time in each zone. The reader knows no time zone, so it
is asked for times on the wall, and `zoneinfo` says when these are: a time that is skipped when clocks are put forward is
that much later, and one that comes twice is the first of both.
"""

import datetime
import zoneinfo

from pyawscron import AWSCron

ZONES = ["UTC", "America/New_York", "Europe/Berlin", "Asia/Kolkata", "Australia/Lord_Howe"]
BEGIN = datetime.datetime(2026, 1, 1, tzinfo=datetime.timezone.utc)
DAY = datetime.timedelta(days=1)
DAYS = 400 * DAY

FIELDS = [
    # Each day and hour.
    "0 5 * * ? *", "0 5 ? * * *", "30 23 * * ? *", "0 0 * * ? *", "59 23 * * ? *", "15 2 * * ? *", "30 2 ? * * *",
    "0 1 * * ? *", "0 2 * * ? *", "0 3 * * ? *", "0 * * * ? *", "20 * ? * * *",
    # Steps and lists.
    "0 */2 * * ? *", "0 */5 * * ? *", "0 */12 * * ? *", "0 0/6 * * ? *", "0 1/4 * * ? *", "0 3/5 * * ? *",
    "0 22/1 * * ? *", "0 0-6 * * ? *", "0 8-18 ? * MON-FRI *", "0 8-18/2 ? * MON-FRI *", "0 8,20 * * ? *",
    "15 8,11,23 ? * * *", "0,30 5 * * ? *", "0/20 5 * * ? *", "5/15 4 ? * * *", "0 0,12 1 * ? *",
    # Days of the week, of which Sunday is the first.
    "0 5 ? * 1 *", "0 5 ? * 7 *", "0 5 ? * SUN *", "0 5 ? * SAT *", "0 5 ? * MON *", "0 5 ? * MON-FRI *",
    "0 5 ? * 2-6 *", "0 5 ? * MON,WED,FRI *", "0 5 ? * 2,4,6 *", "0 5 ? * TUE,THU *", "0 5 ? * SUN,SAT *",
    "0 2 ? * SUN *", "30 1 ? * SUN *",
    # The last of a weekday and the first of it, in a month.
    "0 5 ? * 2#1 *", "0 5 ? * 6#1 *", "0 5 ? * 1#2 *", "0 5 ? * 7#3 *", "0 5 ? * 4#5 *", "0 5 ? * 6L *", "0 5 ? * 1L *",
    "0 5 ? * 7L *", "0 5 ? * L *",
    # Days of the month.
    "0 5 1 * ? *", "0 5 15 * ? *", "0 5 1,15 * ? *", "0 5 1-7 * ? *", "0 5 1/10 * ? *", "0 5 */10 * ? *", "0 5 28 * ? *",
    "0 5 31 * ? *", "0 5 30 * ? *", "0 5 L * ? *", "0 5 29 2 ? *", "0 5 1W * ? *", "0 5 15W * ? *", "0 5 LW * ? *",
    # Months and years.
    "0 5 1 1,7 ? *", "0 5 1 */3 ? *", "0 5 1 1/3 ? *", "0 5 1 JAN,APR,JUL,OCT ? *", "0 5 ? 1-6 MON *", "0 5 * 3-10 ? *",
    "0 5 1 * ? 2026", "0 5 ? * SUN 2026-2028", "0 5 1 1 ? 2026/2",
]


def on_the_wall(fields):
    """All times from a day before the beginning to a day after the end."""
    cron, local, found = AWSCron(fields), BEGIN - DAY, []
    while local < BEGIN + DAYS + DAY:
        local = cron.occurrence(local).next()
        if local is None:
            break
        found.append(local)
    return found


def longest(walls, zone):
    moments = {wall.replace(tzinfo=zone).astimezone(datetime.timezone.utc) for wall in walls}
    found = sorted(moment for moment in moments if BEGIN <= moment < BEGIN + DAYS)
    gaps = [(b - a) // datetime.timedelta(minutes=1) for a, b in zip(found, found[1:])]
    return max(gaps, default=None)


print(",".join(["expression", *ZONES]))
for fields in FIELDS:
    try:
        walls = on_the_wall(fields)
        told = [str(longest(walls, zoneinfo.ZoneInfo(zone))) for zone in ZONES]
    except Exception as error:  # What it does not understand, it says in its own words.
        told = [type(error).__name__] * len(ZONES)
    print(",".join([f'"cron({fields})"', *told]))
