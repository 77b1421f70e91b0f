create index dead_letter_newest on dead_letter (state, id desc);
create index dead_letter_cause on dead_letter (state, cause_key);
create index dead_letter_old on dead_letter (died_at);
