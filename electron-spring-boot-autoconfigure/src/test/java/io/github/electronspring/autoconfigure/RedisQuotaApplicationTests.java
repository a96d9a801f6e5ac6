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

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;

import io.github.electronspring.api.CallContext;
import io.github.electronspring.quota.QuotaPermit;
import io.github.electronspring.quota.RequestQuota;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.embedded.RedisServer;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.DataRedisReactiveAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ElectronRedisQuotaConfiguration} in an application with a real Redis.
 *
 * @author The Electron Spring authors
 */
class RedisQuotaApplicationTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	private int port;

	private RedisServer server;

	@BeforeEach
	void start() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			this.port = socket.getLocalPort();
		}
		this.server = RedisServer.newRedisServer().bind("127.0.0.1").port(this.port).setting("save \"\"").build();
		this.server.start();
	}

	@AfterEach
	void stop() throws IOException {
		this.server.stop();
	}

	@Test
	void applicationCountsInItsRedisAndSaysGoodbye() {
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(DataRedisAutoConfiguration.class,
					DataRedisReactiveAutoConfiguration.class, ElectronAutoConfiguration.class))
			.withPropertyValues("spring.data.redis.host=127.0.0.1", "spring.data.redis.port=" + this.port,
					"electron.api-key=sk_secret", "electron.quota.store=redis")
			.run((context) -> {
				RequestQuota quota = context.getBean(RequestQuota.class);
				QuotaPermit permit = quota.acquire(CallContext.empty()).block(TIMEOUT);
				assertThat(permit).isNotNull();
				assertThat(keys()).hasSizeGreaterThanOrEqualTo(3)
					.allMatch((key) -> key.startsWith("electron:quota:{"))
					.noneMatch((key) -> key.contains("secret"))
					.anyMatch((key) -> key.endsWith(":permits"))
					.anyMatch((key) -> key.endsWith(":instances"));
			});
		assertThat(keys()).noneMatch((key) -> key.endsWith(":instances")).anyMatch((key) -> key.endsWith(":places"));
	}

	private List<String> keys() {
		try (RedisClient client = RedisClient.create("redis://127.0.0.1:" + this.port);
				StatefulRedisConnection<String, String> connection = client.connect()) {
			return connection.sync().keys("*");
		}
	}

}
