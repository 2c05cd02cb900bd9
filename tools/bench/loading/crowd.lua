-- Viewers for wrk: each request is the next of a list that was written for them (crowd.py).
-- Arguments: the list, and how many milliseconds a viewer waits between two requests at the most (0: none).

local threads = 0

function setup(thread)
  thread:set("number", threads)
  threads = threads + 1
end

function init(arguments)
  requests = {}
  for path in io.lines(arguments[1]) do
    requests[#requests + 1] = wrk.format("GET", path)
  end
  longest = tonumber(arguments[2])
  math.randomseed(number + 1)
  place = math.floor(#requests * number / 7) % #requests
end

function request()
  place = place % #requests + 1
  return requests[place]
end

-- Without it the client does not ask at all, and so spends nothing on it.
function delay()
  if longest == 0 then return 0 end
  return math.random(0, longest)
end

function done(summary, latency, all)
  local wrong = summary.errors
  io.write(string.format(
    '{"answers":%d,"seconds":%f,"bytes":%d,"refused":%d,"broken":%d,"p50_ms":%f,"p99_ms":%f}\n',
    summary.requests, summary.duration / 1e6, summary.bytes, wrong.status,
    wrong.connect + wrong.read + wrong.write + wrong.timeout,
    latency:percentile(50) / 1000, latency:percentile(99) / 1000))
end
