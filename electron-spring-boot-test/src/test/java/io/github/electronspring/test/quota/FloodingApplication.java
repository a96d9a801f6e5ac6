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

package io.github.electronspring.test.quota;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.github.electronspring.api.ElectronApi;
import io.github.electronspring.protocol.ChatCompletionRequest;
import io.github.electronspring.protocol.ChatMessage;
import io.github.electronspring.quota.Plan;
import io.github.electronspring.quota.QuotaSettings;
import io.github.electronspring.quota.RequestQuota;
import io.github.electronspring.quota.redis.RedisQuotaSettings;
import io.github.electronspring.quota.redis.RedisQuotaStore;
import reactor.core.publisher.Flux;

import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * One of several instances of an application that share an account: callers without a
 * pause, who send streamed requests from the line {@code go} on standard input to its
 * end.
 *
 * @author The Electron Spring authors
 */
public final class FloodingApplication {

	static final Duration WINDOW = Duration.ofSeconds(6);

	static final Duration MARGIN = Duration.ofMillis(100);

	static final Duration LEASE = Duration.ofSeconds(2);

	private FloodingApplication() {
	}

	/**
	 * Run the application.
	 * @param arguments the port of Redis, the number of callers of each account, and for
	 * each account the base URL, the API key, the requests in a window and the requests
	 * in flight
	 * @throws IOException if nothing can be read
	 */
	public static void main(String[] arguments) throws IOException {
		// what is logged shall not fill a pipe that nobody empties
		PrintStream output = System.out;
		System.setOut(System.err);
		LettuceConnectionFactory redis = new LettuceConnectionFactory("127.0.0.1", Integer.parseInt(arguments[0]));
		redis.afterPropertiesSet();
		redis.start();
		int callers = Integer.parseInt(arguments[1]);
		List<Flux<?>> floods = new ArrayList<>();
		for (int i = 2; i < arguments.length; i += 4) {
			Plan plan = Plan.custom(Integer.parseInt(arguments[i + 2]), Integer.parseInt(arguments[i + 3]));
			floods.add(flood(redis, arguments[i], arguments[i + 1], plan, callers));
		}
		BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
		output.println("ready");
		if (input.readLine() != null) {
			floods.forEach((flood) -> flood.subscribe((chunk) -> {
			}, (ex) -> System.err.println("failed " + ex)));
		}
		while (input.readLine() != null) {
			output.println("flooding");
		}
		Runtime.getRuntime().halt(0);
	}

	private static Flux<?> flood(LettuceConnectionFactory redis, String baseUrl, String apiKey, Plan plan,
			int callers) {
		QuotaSettings settings = QuotaSettings.of(plan)
			.withWindow(WINDOW)
			.withMargin(MARGIN)
			.withMaxWait(Duration.ofMinutes(2));
		RedisQuotaStore store = new RedisQuotaStore(redis, settings, RedisQuotaSettings.defaults().withLease(LEASE),
				() -> apiKey);
		ChatCompletionRequest request = ChatCompletionRequest.builder()
			.model("electron")
			.messages(List.of(ChatMessage.user("Where is my parcel?")))
			.build();
		warmUp(store, ElectronApi.builder().baseUrl(baseUrl + "/unknown").apiKey(apiKey).build(), request);
		ElectronApi api = new RequestQuota(settings, store)
			.limit(ElectronApi.builder().baseUrl(baseUrl).apiKey(apiKey).build());
		return Flux.range(0, callers).flatMap((caller) -> api.stream(request).repeat(), callers);
	}

	private static void warmUp(RedisQuotaStore store, ElectronApi nowhere, ChatCompletionRequest request) {
		store.reserve().flatMap((reservation) -> store.cancel(reservation.id())).block();
		nowhere.stream(request).onErrorComplete().blockLast();
	}

}
