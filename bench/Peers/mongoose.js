// Arguments: the MongoDB server's URI and the port to listen on.
import mongoose from "mongoose";
import { serve } from "./api.js";

const [uri, port] = process.argv.slice(2);
const item = new mongoose.Schema({ sku: String, qty: Number });
const message = new mongoose.Schema({ userName: String, message: String, created_at: { type: Date, default: Date.now } });
const schema = new mongoose.Schema({
  issueId: { type: String, unique: true },
  OrderId: String,
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
}, { timestamps: true });
schema.index({ OrderId: 1, createdAt: -1 });
const Issue = mongoose.model("OrderIssue", schema);
const Counter = mongoose.model("Counter", new mongoose.Schema({ id: String, seq: { type: Number, default: 1600000 } }));

const next = async () => String((await Counter.findOneAndUpdate({ id: "issue_id" }, { $inc: { seq: 1 } }, { new: true, upsert: true, setDefaultsOnInsert: true })).seq);
const newest = (OrderId) => Issue.findOne({ OrderId }).sort({ createdAt: -1 });

await mongoose.connect(uri, { writeConcern: { w: "majority", j: true } });
await Counter.updateOne({ id: "issue_id" }, { $setOnInsert: { seq: 1600000 } }, { upsert: true });
await Issue.init();
serve(port, {
  find: (issueId) => Issue.findOne({ issueId }),
  create: async (body) => new Issue({ ...body, issueId: await next() }).save(),
  setStatus: async (OrderId, status) => {
    const issue = await newest(OrderId);
    issue?.set({ status, issueResolvedAt: status === "done" ? new Date() : undefined });
    return issue?.save();
  },
  addMessage: async (OrderId, userName, message) => {
    const issue = await newest(OrderId);
    issue?.discussion.push({ userName, message });
    return issue?.save();
  },
});
