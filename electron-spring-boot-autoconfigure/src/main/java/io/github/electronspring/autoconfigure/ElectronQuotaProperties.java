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

import java.time.Duration;

import io.github.electronspring.quota.redis.RedisQuotaFailure;
import org.jspecify.annotations.Nullable;

/**
 * Configuration properties for the limits of the plan. Not thread-safe.
 *
 * @author The Electron Spring authors
 */
public class ElectronQuotaProperties {

	/**
	 * Where requests are counted: in this process, or in Redis for all that share the API
	 * key.
	 */
	private Store store = Store.LOCAL;

	/**
	 * Requests in any 60 seconds, at least 1, for the plan 'custom'. Unset: no limit.
	 */
	private @Nullable Integer requestsPerMinute;

	/**
	 * Requests in flight at the same time, at least 1, for the plan 'custom'. Unset: no
	 * limit.
	 */
	private @Nullable Integer concurrency;

	/**
	 * Longest time that a request waits for its place. 0 refuses what cannot start at
	 * once.
	 */
	private Duration maxWait = Duration.ofSeconds(10);

	/**
	 * Most requests that wait for a place at the same time.
	 */
	private int maxPending = 100;

	/**
	 * Time beyond the 60 seconds for which a place stays taken, against clocks that do
	 * not run alike.
	 */
	private Duration margin = Duration.ofMillis(500);

	private final Redis redis = new Redis();

	public Store getStore() {
		return this.store;
	}

	public void setStore(Store store) {
		this.store = store;
	}

	public @Nullable Integer getRequestsPerMinute() {
		return this.requestsPerMinute;
	}

	public void setRequestsPerMinute(@Nullable Integer requestsPerMinute) {
		this.requestsPerMinute = requestsPerMinute;
	}

	public @Nullable Integer getConcurrency() {
		return this.concurrency;
	}

	public void setConcurrency(@Nullable Integer concurrency) {
		this.concurrency = concurrency;
	}

	public Duration getMaxWait() {
		return this.maxWait;
	}

	public void setMaxWait(Duration maxWait) {
		this.maxWait = maxWait;
	}

	public int getMaxPending() {
		return this.maxPending;
	}

	public void setMaxPending(int maxPending) {
		this.maxPending = maxPending;
	}

	public Duration getMargin() {
		return this.margin;
	}

	public void setMargin(Duration margin) {
		this.margin = margin;
	}

	public Redis getRedis() {
		return this.redis;
	}

	/**
	 * Where requests are counted.
	 */
	public enum Store {

		/**
		 * In this process.
		 */
		LOCAL,

		/**
		 * In Redis, for all instances together.
		 */
		REDIS

	}

	/**
	 * Counting in Redis.
	 */
	public static class Redis {

		/**
		 * Time after which an instance that died gives back the permits of its requests
		 * in flight, at least 1s.
		 */
		private Duration lease = Duration.ofSeconds(15);

		/**
		 * What happens while Redis cannot be reached: each instance keeps to its share of
		 * the plan, or requests are refused.
		 */
		private RedisQuotaFailure onFailure = RedisQuotaFailure.LOCAL;

		public Duration getLease() {
			return this.lease;
		}

		public void setLease(Duration lease) {
			this.lease = lease;
		}

		public RedisQuotaFailure getOnFailure() {
			return this.onFailure;
		}

		public void setOnFailure(RedisQuotaFailure onFailure) {
			this.onFailure = onFailure;
		}

	}

}
