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

import io.github.electronspring.quota.redis.RedisQuotaSettings;

import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.connection.ReactiveRedisConnectionFactory;

/**
 * Configuration of limits that are counted in Redis.
 *
 * @author The Electron Spring authors
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(ReactiveRedisConnectionFactory.class)
@ConditionalOnBean(ReactiveRedisConnectionFactory.class)
@ConditionalOnProperty(name = "electron.quota.store", havingValue = "redis")
class ElectronRedisQuotaConfiguration {

	@Bean
	@ConditionalOnMissingBean(RequestQuotaFactory.class)
	RedisRequestQuotaFactory electronRequestQuotaFactory(ElectronProperties properties,
			ReactiveRedisConnectionFactory connectionFactory) {
		ElectronQuotaProperties.Redis redis = properties.getQuota().getRedis();
		return new RedisRequestQuotaFactory(connectionFactory,
				RedisQuotaSettings.defaults().withLease(redis.getLease()).withOnFailure(redis.getOnFailure()));
	}

}
