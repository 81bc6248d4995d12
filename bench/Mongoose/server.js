// Arguments: the MongoDB server's URI and the port to listen on.
import express from "express";
import mongoose from "mongoose";

const [uri, port] = process.argv.slice(2);
const item = new mongoose.Schema({ sku: String, qty: Number });
const message = new mongoose.Schema({ userName: String, message: String, created_at: { type: Date, default: Date.now } });
const Issue = mongoose.model("OrderIssue", new mongoose.Schema({
  issueId: { type: String, unique: true },
  OrderId: { type: String, index: true },
  ticketId: String,
  channel: String,
  source: String,
  items: [item],
  trackingNumber: [String],
  customerName: String,
  customerEmail: String,
  issueType: String,
  status: { type: String, default: "open" },
  customerReachedAt: Date,
  issueResolvedAt: Date,
  discussion: [message],
}, { timestamps: true }));
const Counter = mongoose.model("Counter", new mongoose.Schema({ id: String, seq: { type: Number, default: 1600000 } }));

const next = async () => String((await Counter.findOneAndUpdate({ id: "issue_id" }, { $inc: { seq: 1 } }, { new: true, upsert: true, setDefaultsOnInsert: true })).seq);
const newest = (OrderId) => Issue.findOne({ OrderId }).sort({ createdAt: -1 });
const answer = (response, issue) => issue ? response.json({ ok: true, data: issue }) : response.status(404).json({ ok: false });

const app = express();
app.use(express.json());
app.get("/", (_, response) => response.json({ ok: true }));
app.get("/api/order-issue/:issueId", async (request, response) => answer(response, await Issue.findOne({ issueId: request.params.issueId })));
app.post("/api/order-issue/create", async (request, response) =>
  answer(response.status(201), await new Issue({ ...request.body, issueId: await next() }).save()));
app.put("/api/order-issue/update/:OrderId", async (request, response) => {
  const issue = await newest(request.params.OrderId);
  issue?.set({ status: request.body.status, issueResolvedAt: request.body.status === "done" ? new Date() : undefined });
  answer(response, await issue?.save());
});
app.put("/api/order-issue/discussion/:OrderId", async (request, response) => {
  const issue = await newest(request.params.OrderId);
  issue?.discussion.push({ userName: request.body.username, message: request.body.message });
  answer(response, await issue?.save());
});

await mongoose.connect(uri, { writeConcern: { w: "majority", j: true } });
await Counter.updateOne({ id: "issue_id" }, { $setOnInsert: { seq: 1600000 } }, { upsert: true });
await Issue.init();
app.listen(Number(port), "127.0.0.1");
