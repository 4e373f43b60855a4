#!/bin/bash
# Trains the runs of a study as an array of Slurm jobs, from the project's folder:
#   sbatch --array=0-8 studies/slurm-array.sh studies/NAME.json [FLAGS OF ferlab study]
# `npx ferlab study studies/NAME.json --plan` lists the runs by number. A job that is stopped, by its time limit too, goes back to
# the queue and goes on from its checkpoint.
#SBATCH --requeue
#SBATCH --open-mode=append
#SBATCH --signal=B:USR1@120
#SBATCH --output=slurm-%A-%a.log
study=$1
shift
echo "run $SLURM_ARRAY_TASK_ID, restart ${SLURM_RESTART_COUNT:-0}, on $(hostname)"

node dist/cli/main.js study "$study" --only "$SLURM_ARRAY_TASK_ID" "$@" &
training=$!
trap 'kill -TERM $training' TERM USR1
# A signal ends `wait`, with a status above 128, before the training has saved its checkpoint.
while true; do
  wait $training
  status=$?
  [ $status -gt 128 ] && kill -0 $training 2>/dev/null || break
done

# 75: stopped in order, to be gone on with.
[ "$status" -ne 75 ] || scontrol requeue "${SLURM_ARRAY_JOB_ID}_$SLURM_ARRAY_TASK_ID"
exit "$status"
