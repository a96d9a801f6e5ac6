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

package io.github.electronspring.test.faults;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.netty.channel.Channel;
import reactor.netty.http.client.HttpClient;

/**
 * The connections that an application has open. Thread-safe.
 *
 * @author The Electron Spring authors
 */
class Connections {

	private final Set<Channel> open = ConcurrentHashMap.newKeySet();

	HttpClient watch(HttpClient client) {
		return client.doOnChannelInit((observer, channel, address) -> {
			this.open.add(channel);
			channel.closeFuture().addListener((closed) -> this.open.remove(channel));
		});
	}

	int open() {
		return this.open.size();
	}

}
