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

package io.github.electronspring.quota.redis;

import java.time.Duration;

import org.springframework.util.Assert;

/**
 * Settings of a quota that is counted in Redis. Immutable.
 *
 * @param lease how long the permits of an instance that has died are held, and how long
 * it counts as an instance; a living one renews them three times as often
 * @param onFailure what happens to requests while Redis does not answer
 * @param keyPrefix what the names of the keys in Redis begin with, for a Redis that lets
 * an application use only such names
 * @author The Electron Spring authors
 */
public record RedisQuotaSettings(Duration lease, RedisQuotaFailure onFailure, String keyPrefix) {

	private static final RedisQuotaSettings DEFAULTS = new RedisQuotaSettings(Duration.ofSeconds(15),
			RedisQuotaFailure.LOCAL, "electron:quota:");

	/**
	 * Create settings.
	 * @throws IllegalArgumentException if the lease is under 10 milliseconds
	 */
	public RedisQuotaSettings {
		Assert.isTrue(lease.toMillis() >= 10, () -> "'lease' must be at least 10ms but is '%s'".formatted(lease));
		Assert.notNull(onFailure, "'onFailure' must not be null");
		Assert.notNull(keyPrefix, "'keyPrefix' must not be null");
	}

	/**
	 * Return the defaults: a lease of 15 seconds, {@link RedisQuotaFailure#LOCAL} and
	 * {@code electron:quota:}.
	 * @return the defaults
	 */
	public static RedisQuotaSettings defaults() {
		return DEFAULTS;
	}

	/**
	 * Return these settings with another lease.
	 * @param lease how long the permits of an instance that has died are held
	 * @return the settings
	 */
	public RedisQuotaSettings withLease(Duration lease) {
		return new RedisQuotaSettings(lease, this.onFailure, this.keyPrefix);
	}

	/**
	 * Return these settings with something else to do without Redis.
	 * @param onFailure what happens to requests while Redis does not answer
	 * @return the settings
	 */
	public RedisQuotaSettings withOnFailure(RedisQuotaFailure onFailure) {
		return new RedisQuotaSettings(this.lease, onFailure, this.keyPrefix);
	}

	/**
	 * Return these settings with another prefix.
	 * @param keyPrefix what the names of the keys in Redis begin with
	 * @return the settings
	 */
	public RedisQuotaSettings withKeyPrefix(String keyPrefix) {
		return new RedisQuotaSettings(this.lease, this.onFailure, keyPrefix);
	}

}
