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

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import reactor.core.publisher.Mono;
import redis.embedded.RedisServer;

import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A real Redis on a free port of this machine, without persistence.
 *
 * @author The Electron Spring authors
 */
final class TestRedis implements AutoCloseable {

	static final Duration TIMEOUT = Duration.ofSeconds(20);

	private final List<LettuceConnectionFactory> factories = new ArrayList<>();

	private final int port;

	private RedisServer server;

	private TestRedis(int port) {
		this.port = port;
	}

	static TestRedis start() {
		TestRedis redis = stopped();
		redis.restart();
		return redis;
	}

	static TestRedis stopped() {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return new TestRedis(socket.getLocalPort());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	int port() {
		return this.port;
	}

	void restart() {
		try {
			this.server = RedisServer.newRedisServer()
				.bind("127.0.0.1")
				.port(this.port)
				.setting("save \"\"")
				.setting("appendonly no")
				.build();
			this.server.start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	void stop() {
		try {
			if (this.server != null) {
				this.server.stop();
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Return a connection factory as an instance of an application has it.
	 * @return a factory of its own, closed with this Redis
	 */
	LettuceConnectionFactory connect() {
		LettuceConnectionFactory factory = new LettuceConnectionFactory("127.0.0.1", this.port);
		factory.afterPropertiesSet();
		factory.start();
		this.factories.add(factory);
		return factory;
	}

	/**
	 * Return what is in this Redis.
	 * @return the members and scores of each sorted set
	 */
	Map<String, Map<String, Double>> contents() {
		return inspect((commands) -> {
			Map<String, Map<String, Double>> contents = new TreeMap<>();
			for (String key : commands.keys("*")) {
				Map<String, Double> members = new TreeMap<>();
				commands.zrangeWithScores(key, 0, -1)
					.forEach((member) -> members.put(member.getValue(), member.getScore()));
				contents.put(key, members);
			}
			return contents;
		});
	}

	/**
	 * Return what is in one of the sorted sets.
	 * @param kind what the name of its key ends with
	 * @return members and scores
	 */
	Map<String, Double> contents(String kind) {
		return contents().entrySet()
			.stream()
			.filter((entry) -> entry.getKey().endsWith(kind))
			.map(Map.Entry::getValue)
			.findFirst()
			.orElse(Collections.emptyMap());
	}

	/**
	 * Answer nobody for some time.
	 * @param duration how long
	 */
	void hang(Duration duration) {
		inspect((commands) -> commands.clientPause(duration.toMillis()));
	}

	<T> T inspect(Function<RedisCommands<String, String>, T> inspection) {
		RedisClient client = RedisClient.create(RedisURI.create("127.0.0.1", this.port));
		try (StatefulRedisConnection<String, String> connection = client.connect()) {
			return inspection.apply(connection.sync());
		}
		finally {
			client.shutdown(Duration.ZERO, TIMEOUT);
		}
	}

	/**
	 * Wait until something is so.
	 * @param condition what to wait for
	 */
	static void await(BooleanSupplier condition) {
		long deadline = System.nanoTime() + TIMEOUT.toNanos();
		while (!condition.getAsBoolean()) {
			assertThat(System.nanoTime()).as("end of the wait").isLessThan(deadline);
			Mono.delay(Duration.ofMillis(10)).block(TIMEOUT);
		}
	}

	@Override
	public void close() {
		this.factories.forEach(LettuceConnectionFactory::destroy);
		stop();
	}

}
