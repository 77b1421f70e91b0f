create index step_try_of_job on step_try (job_id);
create index dead_letter_newest on dead_letter (state, id);
create index dead_letter_cause on dead_letter (state, cause_key);
create index dead_letter_old on dead_letter (died_at);
create index dead_letter_of_run on dead_letter (run_id);
create index dead_letter_of_job on dead_letter (job_id);
create index dead_letter_of_project on dead_letter (project_id);
