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
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.github.electronspring.quota.Plan;
import io.github.electronspring.quota.QuotaSettings;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import org.springframework.core.io.ClassPathResource;
import org.springframework.data.redis.connection.ReactiveRedisConnectionFactory;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.data.redis.core.script.DigestUtils;
import org.springframework.data.redis.core.script.RedisScript;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/**
 * Runs the script that counts, and bounds its time. Thread-safe.
 *
 * @author The Electron Spring authors
 */
final class QuotaScript {

	static final Duration TIMEOUT = Duration.ofSeconds(1);

	private static final Script SCRIPT = new Script(read());

	/**
	 * How long a command may take before Redis has answered or failed for the first time:
	 * a young process loads classes and opens its connection.
	 */
	private static final Duration FIRST_TIMEOUT = Duration.ofSeconds(5);

	/**
	 * Where commands begin. Spring Data Redis takes a lock for each, and holds it while
	 * it opens its connection: neither an event loop may wait for that, nor may it wait
	 * for threads that the application blocks.
	 */
	private static final Scheduler COMMANDS = Schedulers.fromExecutorService(commandThread());

	private final ReactiveStringRedisTemplate template;

	private final List<String> settings;

	private volatile boolean tried;

	QuotaScript(ReactiveRedisConnectionFactory connectionFactory, String instance, QuotaSettings quota,
			Duration lease) {
		this.template = new ReactiveStringRedisTemplate(connectionFactory);
		Plan plan = quota.plan();
		this.settings = List.of(instance, String.valueOf(lease.toMillis()),
				String.valueOf(quota.window().plus(quota.margin()).toMillis()), limit(plan.requestsPerMinute()),
				limit(plan.concurrency()));
	}

	/**
	 * Run an operation.
	 * @param keys the names of places, permits, instances and the pause
	 * @param operation the operation
	 * @param arguments its arguments
	 * @return the answer, on no thread of the connection, or an error if there is none in
	 * time
	 */
	Mono<QuotaReply> run(List<String> keys, String operation, List<String> arguments) {
		List<String> values = new ArrayList<>(1 + this.settings.size() + arguments.size());
		values.add(operation);
		values.addAll(this.settings);
		values.addAll(arguments);
		Mono<QuotaReply> reply = this.template.execute(SCRIPT, keys, values).next().map(QuotaReply::of);
		Duration timeout = this.tried ? TIMEOUT : FIRST_TIMEOUT;
		return reply.subscribeOn(COMMANDS)
			.timeout(timeout, noAnswer(timeout))
			.publishOn(Schedulers.parallel())
			.doOnTerminate(() -> this.tried = true);
	}

	private static Mono<QuotaReply> noAnswer(Duration timeout) {
		return Mono.error(() -> new TimeoutException("No answer within %dms".formatted(timeout.toMillis())));
	}

	private static ExecutorService commandThread() {
		CustomizableThreadFactory threads = new CustomizableThreadFactory("electron-quota-redis-");
		threads.setDaemon(true);
		ThreadPoolExecutor executor = new ThreadPoolExecutor(1, 1, 1, TimeUnit.MINUTES, new LinkedBlockingQueue<>(),
				threads);
		executor.allowCoreThreadTimeOut(true);
		return executor;
	}

	private static String limit(int limit) {
		return (limit != Integer.MAX_VALUE) ? String.valueOf(limit) : "-1";
	}

	private static String read() {
		try {
			return new ClassPathResource("quota.lua", QuotaScript.class).getContentAsString(StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The script 'quota.lua' is not on the class path", ex);
		}
	}

	/**
	 * The script, with its digest made before any event loop needs it: Spring's own
	 * implementation locks them against each other to make it.
	 *
	 * @param text the text
	 * @param sha1 its digest
	 */
	@SuppressWarnings("rawtypes")
	private record Script(String text, String sha1) implements RedisScript<List> {

		Script(String text) {
			this(text, DigestUtils.sha1DigestAsHex(text));
		}

		@Override
		public String getSha1() {
			return this.sha1;
		}

		@Override
		public Class<List> getResultType() {
			return List.class;
		}

		@Override
		public String getScriptAsString() {
			return this.text;
		}

	}

}
