# Says what a script does, how far it is and how long that takes, so that it is never silent for more than ten seconds. To be
# sourced, in a checkout's root:
#
#   begin NAME [SECONDS [DETAIL...]]  says that a step begins, and then again and again how long it has taken, until `finish`.
#                                     SECONDS: about how long it takes; DETAIL: a command that prints how far it is
#   finish                            says how long the step took, where that was more than a few seconds
#   about SECONDS                     prints a time in words, such as `4 minutes`
#   slowness                          prints how often as long this machine takes as a PC of two processors
#
# In a terminal one line is written over and over; elsewhere, as in a log, one follows the other. The environment may set
# PACKDIAL_HEARTBEAT, the seconds between two of these.

# Seconds, rounded as one would say it.
about() {
  if [ "$1" -lt 10 ]; then echo "$1 s"
  elif [ "$1" -lt 100 ]; then echo "$((($1 + 5) / 10 * 10)) s"
  else echo "$((($1 + 30) / 60)) minutes"; fi
}

# Seconds, as they have passed.
passed() { if [ "$1" -lt 60 ]; then echo "$1 s"; else echo "$(($1 / 60)) min $(($1 % 60)) s"; fi; }

# Time of a loop of the shell, in per cent of 25 ms, which it takes on that PC. On a busy machine everything takes longer, too.
slowness() {
  [ -z "${slowness_percent:-}" ] || {
    echo "$slowness_percent"
    return
  }
  loop_begin=$(date +%s%N) loop=0
  while [ "$loop" -lt 20000 ]; do loop=$((loop + 1)); done
  echo $((($(date +%s%N) - loop_begin) / 250000))
}

# Ends when it is told to, and with the script at the latest.
heartbeat() {
  beat_begin=$1 beat_name=$2 beat_wanted=$3
  shift 3
  beat_every=${PACKDIAL_HEARTBEAT:-6} beat_next=$(($(date +%s) + ${PACKDIAL_HEARTBEAT:-6}))
  [ ! -t 1 ] || beat_every=1 beat_next=0
  while sleep 1 >/dev/null 2>&1 && kill -0 $$ 2>/dev/null; do
    beat_now=$(date +%s)
    [ "$beat_now" -ge "$beat_next" ] || continue
    beat_next=$((beat_now + beat_every)) beat_took=$((beat_now - beat_begin))
    beat_text="$beat_name: $(passed $beat_took)"
    if [ "$beat_wanted" -gt 0 ]; then
      if [ $beat_took -le "$beat_wanted" ]; then beat_text="$beat_text of about $(about "$beat_wanted")"
      else beat_text="$beat_text, longer than the $(about "$beat_wanted") that were expected"; fi
    fi
    [ $# -eq 0 ] || beat_far=$("$@" 2>/dev/null) || beat_far=
    [ -z "${beat_far:-}" ] || beat_text="$beat_text; $beat_far"
    if [ -t 1 ]; then printf '\r\033[Kpackdial: %s' "$beat_text"; else echo "packdial: $beat_text"; fi
  done
}

begin() {
  step_wanted=${2:-0} step_begin=$(date +%s)
  if [ "$step_wanted" -ge 5 ]; then echo "packdial: $1 (about $(about "$step_wanted"))"; else echo "packdial: $1"; fi
  # What is listed or said in brackets is said once.
  step_name=${1%%: *} step_name=${step_name%% (*}
  [ $# -le 1 ] && shift || shift 2
  heartbeat "$step_begin" "$step_name" "$step_wanted" "$@" 9<&- &
  step_beat=$!
}

finish() {
  [ -n "${step_beat:-}" ] || return 0
  kill "$step_beat" 2>/dev/null || true
  wait "$step_beat" 2>/dev/null || true
  step_beat= step_took=$(($(date +%s) - step_begin))
  [ ! -t 1 ] || printf '\r\033[K'
  [ $step_took -lt 5 ] || echo "packdial: $step_name: done in $(passed $step_took)"
}
