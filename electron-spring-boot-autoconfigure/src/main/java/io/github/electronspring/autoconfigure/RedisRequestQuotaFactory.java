/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package io.github.electronspring.autoconfigure;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

import io.github.electronspring.quota.QuotaSettings;
import io.github.electronspring.quota.RequestQuota;
import io.github.electronspring.quota.redis.RedisQuotaSettings;
import io.github.electronspring.quota.redis.RedisQuotaStore;
import reactor.core.publisher.Flux;

import org.springframework.context.SmartLifecycle;
import org.springframework.data.redis.connection.ReactiveRedisConnectionFactory;

/**
 * Makes quotas that are counted in Redis. Those of unlimited plans need none. Stopped
 * before the connection is, so that Redis can be told that this instance is gone.
 *
 * @author The Electron Spring authors
 */
class RedisRequestQuotaFactory implements RequestQuotaFactory, SmartLifecycle {

	/**
	 * After the web server, whose last requests are still counted, before the connection.
	 */
	private static final int PHASE = 1;

	private final ReactiveRedisConnectionFactory connectionFactory;

	private final RedisQuotaSettings redisSettings;

	private final List<RedisQuotaStore> stores = new CopyOnWriteArrayList<>();

	private volatile boolean running;

	RedisRequestQuotaFactory(ReactiveRedisConnectionFactory connectionFactory, RedisQuotaSettings redisSettings) {
		this.connectionFactory = connectionFactory;
		this.redisSettings = redisSettings;
	}

	@Override
	public RequestQuota create(QuotaSettings settings, Supplier<String> apiKey) {
		if (settings.plan().isUnlimited()) {
			return RequestQuota.local(settings);
		}
		RedisQuotaStore store = new RedisQuotaStore(this.connectionFactory, settings, this.redisSettings, apiKey);
		this.stores.add(store);
		return new RequestQuota(settings, store);
	}

	@Override
	public void start() {
		this.running = true;
	}

	@Override
	public void stop() {
		this.running = false;
		this.stores.forEach(RedisQuotaStore::close);
	}

	@Override
	public void stop(Runnable callback) {
		this.running = false;
		Flux.fromIterable(this.stores)
			.flatMap(RedisQuotaStore::leave)
			.doFinally((signal) -> callback.run())
			.subscribe();
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public int getPhase() {
		return PHASE;
	}

}
