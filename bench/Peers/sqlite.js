// Arguments: the database's file and the port to listen on.
import { randomBytes } from "node:crypto";
import Database from "better-sqlite3";
import { serve } from "./api.js";

const [file, port] = process.argv.slice(2);
const fields = ["OrderId", "ticketId", "channel", "source", "customerName", "customerEmail", "issueType", "status", "customerReachedAt"];
const db = new Database(file);
db.pragma("journal_mode = WAL");
db.pragma("synchronous = FULL"); // A change is on the disk when it is answered.
db.exec(`
  CREATE TABLE issues (
    number INTEGER PRIMARY KEY AUTOINCREMENT, _id TEXT NOT NULL, ${fields.map((field) => `${field} TEXT`).join(", ")},
    items TEXT NOT NULL, trackingNumber TEXT NOT NULL, issueResolvedAt TEXT, createdAt TEXT NOT NULL, updatedAt TEXT NOT NULL);
  CREATE INDEX issues_by_order ON issues (OrderId, createdAt);
  CREATE TABLE messages (
    id INTEGER PRIMARY KEY, number INTEGER NOT NULL REFERENCES issues, _id TEXT NOT NULL, userName TEXT, message TEXT, created_at TEXT NOT NULL);
  CREATE INDEX messages_by_issue ON messages (number);
  INSERT INTO sqlite_sequence VALUES ('issues', 1600000);`);

const insert = db.prepare(`
  INSERT INTO issues (_id, ${fields.join(", ")}, items, trackingNumber, createdAt, updatedAt)
  VALUES (@_id, ${fields.map((field) => `@${field}`).join(", ")}, @items, @trackingNumber, @now, @now)`);
const byNumber = db.prepare("SELECT * FROM issues WHERE number = ?");
const byOrder = db.prepare("SELECT * FROM issues WHERE OrderId = ? ORDER BY createdAt DESC LIMIT 1");
const messagesOf = db.prepare("SELECT _id, userName, message, created_at FROM messages WHERE number = ? ORDER BY id");
const setStatus = db.prepare("UPDATE issues SET status = ?, issueResolvedAt = ?, updatedAt = ? WHERE number = ?");
const touch = db.prepare("UPDATE issues SET updatedAt = ? WHERE number = ?");
const insertMessage = db.prepare("INSERT INTO messages (number, _id, userName, message, created_at) VALUES (?, ?, ?, ?, ?)");

const id = () => randomBytes(12).toString("hex");
const now = () => new Date().toISOString();
const issueOf = (row) => row && {
  ...row,
  number: undefined,
  issueId: String(row.number),
  items: JSON.parse(row.items),
  trackingNumber: JSON.parse(row.trackingNumber),
  discussion: messagesOf.all(row.number),
};

serve(port, {
  find: (issueId) => issueOf(byNumber.get(Number(issueId))),
  create: (body) => {
    const columns = Object.fromEntries(fields.map((field) => [field, body[field] ?? null]));
    const lists = { items: JSON.stringify(body.items ?? []), trackingNumber: JSON.stringify(body.trackingNumber ?? []) };
    return issueOf(byNumber.get(insert.run({ ...columns, ...lists, _id: id(), now: now() }).lastInsertRowid));
  },
  setStatus: db.transaction((OrderId, status) => {
    const row = byOrder.get(OrderId);
    row && setStatus.run(status, status === "done" ? now() : null, now(), row.number);
    return issueOf(row && byNumber.get(row.number));
  }),
  addMessage: db.transaction((OrderId, userName, message) => {
    const row = byOrder.get(OrderId);
    row && insertMessage.run(row.number, id(), userName, message, now());
    row && touch.run(now(), row.number);
    return issueOf(row && byNumber.get(row.number));
  }),
});
