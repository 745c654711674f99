-- Times are epoch milliseconds. Numbers come from the gateway and grow with time. Only SQL that SQLite and PostgreSQL share.

CREATE TABLE inbox (
  id BIGINT NOT NULL PRIMARY KEY,
  bot TEXT NOT NULL,
  update_key TEXT NOT NULL,
  message_key TEXT NOT NULL,
  payload TEXT NOT NULL,
  done INTEGER NOT NULL,
  arrived_at BIGINT NOT NULL,
  UNIQUE (bot, update_key),
  UNIQUE (bot, message_key)
);
CREATE INDEX inbox_waiting ON inbox (done, id);

CREATE TABLE turn (
  id BIGINT NOT NULL PRIMARY KEY,
  arrival BIGINT NOT NULL UNIQUE,
  bot TEXT NOT NULL,
  room TEXT NOT NULL,
  thread TEXT NOT NULL,
  in_group INTEGER NOT NULL,
  person TEXT NOT NULL,
  question TEXT NOT NULL,
  answer TEXT,
  ended INTEGER NOT NULL,
  forgotten INTEGER NOT NULL,
  begun_at BIGINT NOT NULL
);
CREATE INDEX turn_chat ON turn (bot, room, thread, id);

CREATE TABLE reply (
  turn BIGINT NOT NULL,
  part INTEGER NOT NULL,
  message TEXT NOT NULL,
  PRIMARY KEY (turn, part)
);

CREATE TABLE web_line (
  chat TEXT NOT NULL,
  id TEXT NOT NULL,
  position BIGINT NOT NULL,
  from_bot INTEGER NOT NULL,
  text TEXT NOT NULL,
  html TEXT NOT NULL,
  at BIGINT NOT NULL,
  revision INTEGER NOT NULL,
  PRIMARY KEY (chat, id)
);
CREATE INDEX web_line_order ON web_line (chat, position);
