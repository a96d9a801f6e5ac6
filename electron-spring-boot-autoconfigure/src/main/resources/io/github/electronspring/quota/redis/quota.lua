-- Counts places and permits of one account for all instances that use this Redis, by its clock (Redis 5 or later).
--
-- KEYS: places, permits and instances, each a sorted set of holders by the millisecond in which they lapse; in the same
--   way, until when nothing is reserved
-- ARGV: operation, instance, lease, window with margin, limit of places, limit of permits (-1 for no limit), and then
--   reserve: the id of a reservation; takes a place and a permit, or nothing, and the same ones if it is asked again
--   write:   reservations as they now stand
--   renew:   the same, and the instance is there for another lease
--   restore: the same, also for an instance that is not known
--   return:  the same, but others may have more to restore: nothing is reserved until each has had a heartbeat
--   leave:   nothing; the instance is gone
-- A reservation is written as three values: its id; how long its place is held, 0 for no longer; whether its permit is
-- held, 1 or 0. In the second and third -1 leaves what is there. Times are in milliseconds.
--
-- Returns: 0 done, 1 no place, 2 no permit, 3 instance not known; when the next place is free, 0 for now; places and
-- permits taken; the number of instances; how many of them come before this one in the order of their names
local places, permits, instances, pause = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local operation, instance = ARGV[1], ARGV[2]
local lease, window = tonumber(ARGV[3]), tonumber(ARGV[4])
local placeLimit, permitLimit = tonumber(ARGV[5]), tonumber(ARGV[6])
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)

for _, key in ipairs(KEYS) do
	redis.call('ZREMRANGEBYSCORE', key, '-inf', '(' .. now)
end

local function set(key, member, millis)
	if millis > 0 then
		redis.call('ZADD', key, now + millis, member)
	elseif millis == 0 then
		redis.call('ZREM', key, member)
	end
end

local function write(id, placeMillis, permitMillis)
	if placeLimit >= 0 then
		set(places, id, placeMillis)
	end
	if permitLimit >= 0 then
		set(permits, id, permitMillis)
	end
end

local function isHeld(id)
	return redis.call('ZSCORE', places, id) or redis.call('ZSCORE', permits, id)
end

local function pauseFor(millis)
	if placeLimit >= 0 or permitLimit >= 0 then
		redis.call('ZADD', pause, 'NX', now + millis, 'until')
	end
end

local function pauseLeft()
	local lapse = redis.call('ZSCORE', pause, 'until')
	return lapse and tonumber(lapse) - now + 1 or 0
end

-- A place that is not confirmed yet lapses later, but may be confirmed now
local function placeFreeIn()
	local excess = redis.call('ZCARD', places) - placeLimit
	if placeLimit < 0 or excess < 0 then
		return pauseLeft()
	end
	local lapse = tonumber(redis.call('ZRANGE', places, excess, excess, 'WITHSCORES')[2])
	return math.max(math.min(lapse - now, window) + 1, pauseLeft())
end

local function rank()
	local before, names = 0, redis.call('ZRANGE', instances, 0, -1)
	for _, name in ipairs(names) do
		if name < instance then
			before = before + 1
		end
	end
	return #names, before
end

local function run()
	local known = redis.call('ZSCORE', instances, instance)
	if (operation == 'reserve' or operation == 'renew') and not known then
		return 3
	end
	if operation == 'reserve' then
		if isHeld(ARGV[7]) then
			return 0
		end
		if placeFreeIn() > 0 then
			return 1
		end
		if permitLimit >= 0 and redis.call('ZCARD', permits) >= permitLimit then
			return 2
		end
		write(ARGV[7], lease + window, lease)
		return 0
	end
	for i = 7, #ARGV, 3 do
		local permit = tonumber(ARGV[i + 2])
		write(ARGV[i], tonumber(ARGV[i + 1]), permit == 1 and lease or permit)
	end
	if operation == 'leave' then
		set(instances, instance, 0)
	elseif operation ~= 'write' then
		set(instances, instance, lease)
	end
	if operation == 'return' then
		pauseFor(math.floor(lease / 3) + 1000)
	end
	return 0
end

local status = run()
for _, key in ipairs(KEYS) do
	redis.call('PEXPIRE', key, lease + window + 1000)
end
local count, before = rank()
return { status, placeFreeIn(), redis.call('ZCARD', places), redis.call('ZCARD', permits), count, before }
