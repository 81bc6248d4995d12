-- The requests of one operation, for wrk. Arguments: service, or floor or synced for the bare app, which then answers at once or waits for
-- the disk; the operation, and how many orders they are spread over.
-- Prints: requests a second, the median and the percentiles 99 and 99.9 in milliseconds, and how many requests failed; all where none was
-- answered.

local operations = {
  get = function(i) return "GET", "/api/order-issue/" .. 1600000 + i end,
  page = function() return "GET", "/api/order-issue?limit=50&sort=createdAt" end,
  create = function(i)
    return "POST", "/api/order-issue/create", string.format(
      '{"OrderId":"111-0944945-%07d","channel":"freshdesk","source":"freshdesk","ticketId":"18362","issueType":"delivery issue",'
      .. '"customerName":"Josh","customerEmail":"josh@example.com","customerReachedAt":"2025-11-19T22:36:28Z","status":"open"}', i)
  end,
  update = function(i, turn)
    return "PUT", string.format("/api/order-issue/update/111-0944945-%07d", i), turn == 1 and '{"status":"done"}' or '{"status":"open"}'
  end,
  discussion = function(i)
    return "PUT", string.format("/api/order-issue/discussion/111-0944945-%07d", i),
      '{"username":"John Agent","message":"Customer confirmed they received the replacement."}'
  end,
}

local requests = {}
local next = 0

function add(method, path, body)
  requests[#requests + 1] = wrk.format(method, path, { ["Content-Type"] = body and "application/json" }, body)
end

function init(arguments)
  local target, operation, orders = arguments[1], arguments[2], tonumber(arguments[3])
  local paths = { floor = operation == "page" and "/issue/page" or "/issue", synced = "/issue/synced" }
  for turn = 1, 2 do
    for i = 1, orders do
      local method, path, body = operations[operation](i, turn)
      add(method, paths[target] or path, body)
    end
  end
end

function request()
  next = next % #requests + 1
  return requests[next]
end

function done(summary, latency)
  local errors = summary.errors
  local failed = errors.connect + errors.read + errors.write + errors.status + errors.timeout
  print(string.format("result %.0f %.2f %.2f %.2f %s", summary.requests / summary.duration * 1e6, latency:percentile(50) / 1e3,
    latency:percentile(99) / 1e3, latency:percentile(99.9) / 1e3, summary.requests == 0 and "all" or failed))
end
