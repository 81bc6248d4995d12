// The data model of the Node service, as its description has it, and what its routes do with it.
// node service.mjs <uri> <command> [<json>]: does one thing and prints the outcome as JSON.
import mongoose from 'mongoose';

const issueIdSchema = new mongoose.Schema({ id: String, seq: { type: Number, default: 1600000 } });
const Counter = mongoose.model('Counter', issueIdSchema);

const orderIssueSchema = new mongoose.Schema(
  {
    OrderId: String,
    issueId: { type: String, unique: true },
    ticketId: String,
    channel: String,
    source: String,
    items: [{ sku: String, qty: Number }],
    trackingNumber: [String],
    picker: String,
    packer: String,
    palletter: String,
    customerName: String,
    customerEmail: String,
    issueType: String,
    status: { type: String, default: 'open' },
    customerReachedAt: Date,
    shipped_at: Date,
    notes: String,
    discussion: [{ userName: String, message: String, created_at: Date }],
    createdBy: String,
    issueResolvedAt: Date,
  },
  { timestamps: true },
);

orderIssueSchema.pre('save', async function () {
  if (!this.issueId) {
    const query = { id: 'issue_id' };
    await Counter.updateOne(query, { $setOnInsert: { seq: 1600000 } }, { upsert: true });
    const counter = await Counter.findOneAndUpdate(query, { $inc: { seq: 1 } }, { new: true });
    this.issueId = String(counter.seq);
  }
});

const OrderIssue = mongoose.model('OrderIssue', orderIssueSchema);

const commands = {
  create: (body) => OrderIssue.create(body),
  update: ({ OrderId, status }) =>
    OrderIssue.findOneAndUpdate(
      { OrderId },
      status === 'done' ? { status, issueResolvedAt: new Date() } : { status, $unset: { issueResolvedAt: '' } },
      { new: true },
    ),
  discussion: ({ OrderId, username, message }) =>
    OrderIssue.findOneAndUpdate({ OrderId }, { $push: { discussion: { userName: username, message, created_at: new Date() } } }, { new: true }),
  save: async ({ OrderId, notes }) => {
    const issue = await OrderIssue.findOne({ OrderId });
    issue.notes = notes;
    return issue.save();
  },
  find: (filter) => OrderIssue.find(filter),
  // What a Node service does that must not show the other service's history.
  findHidden: (filter) => {
    const schema = orderIssueSchema.clone().add({ _history: { type: [mongoose.Schema.Types.Mixed], select: false, default: undefined } });
    return mongoose.model('OrderIssueWithHistory', schema, 'orderissues').find(filter);
  },
  lean: (filter) => OrderIssue.find(filter).lean(),
};

const [uri, command, json] = process.argv.slice(2);
await mongoose.connect(uri);
await OrderIssue.init();
console.log(JSON.stringify(await commands[command](JSON.parse(json ?? '{}'))));
await mongoose.disconnect();
