import express from "express";

// Serves a store on the port. The store gives an issue, or nothing where there is none.
export function serve(port, { find, create, setStatus, addMessage }) {
  const answer = (response, issue) => issue ? response.json({ ok: true, data: issue }) : response.status(404).json({ ok: false });
  const app = express();
  app.use(express.json());
  app.get("/", (_, response) => response.json({ ok: true }));
  app.get("/api/order-issue/:issueId", async (request, response) => answer(response, await find(request.params.issueId)));
  app.post("/api/order-issue/create", async (request, response) => answer(response.status(201), await create(request.body)));
  app.put("/api/order-issue/update/:OrderId", async (request, response) =>
    answer(response, await setStatus(request.params.OrderId, request.body.status)));
  app.put("/api/order-issue/discussion/:OrderId", async (request, response) =>
    answer(response, await addMessage(request.params.OrderId, request.body.username, request.body.message)));
  app.listen(Number(port), "127.0.0.1");
}
