-- What is believed of a platform's limit that was found to be lower than published. share is between 0 and 1.

CREATE TABLE learned_limit (
  bot TEXT NOT NULL,
  budget TEXT NOT NULL,
  room TEXT NOT NULL,
  share DOUBLE PRECISION NOT NULL,
  probe_after_seconds BIGINT NOT NULL,
  closed_until BIGINT NOT NULL,
  PRIMARY KEY (bot, budget, room)
);
