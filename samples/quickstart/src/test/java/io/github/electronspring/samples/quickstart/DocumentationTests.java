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

package io.github.electronspring.samples.quickstart;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import javax.xml.parsers.DocumentBuilderFactory;

import io.github.electronspring.autoconfigure.ElectronProviderProperties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.BeanWrapperImpl;
import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.core.io.ByteArrayResource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the code in the README and in the documents compiles and that the properties
 * in them exist.
 *
 * @author The Electron Spring authors
 */
class DocumentationTests {

	private static final Pattern BLOCK = Pattern.compile("^```(\\w+)\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

	private static final Pattern PROPERTY = Pattern.compile("`(electron(?:\\.[a-z][a-z0-9-]*)+)(?:=[^`]*)?`");

	private static final Pattern PROVIDER_PROPERTY = Pattern
		.compile("electron\\.providers\\.[a-z]+\\.([a-z-]+)(?:\\..*)?");

	private static final List<String> IMPORTS = List.of("java.time.*", "java.util.*", "io.github.electronspring.api.*",
			"io.github.electronspring.autoconfigure.*", "io.github.electronspring.chat.*",
			"io.github.electronspring.memory.*", "io.github.electronspring.observation.*",
			"io.github.electronspring.protocol.*", "io.github.electronspring.test.autoconfigure.*",
			"io.github.electronspring.test.simulator.*", "io.github.electronspring.tool.*",
			"io.github.electronspring.turn.*", "io.github.electronspring.voice.*", "org.junit.jupiter.api.Test",
			"org.springframework.ai.chat.client.*", "org.springframework.ai.chat.memory.ChatMemory",
			"org.springframework.ai.tool.annotation.ToolParam",
			"org.springframework.beans.factory.annotation.Autowired", "org.springframework.boot.test.context.*",
			"org.springframework.context.annotation.*", "org.springframework.http.MediaType",
			"org.springframework.stereotype.*", "org.springframework.web.bind.annotation.*", "reactor.core.Disposable",
			"reactor.core.publisher.*", "static org.assertj.core.api.Assertions.assertThat");

	/**
	 * Its names are those of meters and spans, which have a test of their own.
	 */
	private static final String OBSERVABILITY = "observability.md";

	@Test
	void javaBlocksCompile(@TempDir Path directory) throws IOException {
		JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
		List<String> blocks = blocks("java");
		assertThat(blocks).isNotEmpty();
		try (StandardJavaFileManager fileManager = compiler.getStandardFileManager(null, null, null)) {
			for (int i = 0; i < blocks.size(); i++) {
				Path source = directory.resolve("block%d/Block.java".formatted(i));
				Files.createDirectories(source.getParent());
				Files.writeString(source, compilationUnit(blocks.get(i)));
				StringWriter messages = new StringWriter();
				Iterable<? extends JavaFileObject> sources = fileManager.getJavaFileObjects(source);
				boolean success = compiler
					.getTask(messages, fileManager, null,
							List.of("-proc:none", "-parameters", "-nowarn", "-d", source.getParent().toString()), null,
							sources)
					.call();
				assertThat(success).as("%s%n%s", blocks.get(i), messages).isTrue();
			}
		}
	}

	@Test
	void propertiesInBlocksExist() throws IOException {
		Set<String> known = knownProperties();
		List<String> used = new ArrayList<>();
		for (String block : blocks("yaml")) {
			YamlPropertiesFactoryBean factory = new YamlPropertiesFactoryBean();
			factory.setResources(new ByteArrayResource(block.getBytes()));
			Properties properties = factory.getObject();
			assertThat(properties).isNotNull();
			used.addAll(properties.stringPropertyNames());
		}
		assertThat(used).isNotEmpty();
		assertThat(used.stream().filter((name) -> name.startsWith("electron.")))
			.allMatch((name) -> exists(name.replaceFirst("\\[\\d+]$", ""), known));
	}

	private static boolean exists(String name, Set<String> known) {
		Matcher provider = PROVIDER_PROPERTY.matcher(name);
		return known.contains(name) || (provider.matches() && Stream
			.of(new BeanWrapperImpl(ElectronProviderProperties.class).getPropertyDescriptors())
			.anyMatch((property) -> DataObjectPropertyName.toDashedForm(property.getName()).equals(provider.group(1))));
	}

	@Test
	void propertiesInTextExist() throws IOException {
		Set<String> known = knownProperties();
		for (Path document : documents()) {
			if (document.endsWith(OBSERVABILITY)) {
				continue;
			}
			Matcher matcher = PROPERTY.matcher(Files.readString(document));
			while (matcher.find()) {
				String name = matcher.group(1);
				assertThat(
						known.stream().anyMatch((property) -> property.equals(name) || property.startsWith(name + ".")))
					.as("%s in %s", name, document.getFileName())
					.isTrue();
			}
		}
	}

	@Test
	void everyPropertyIsDocumentedWithItsDefault() throws IOException {
		String text = Files.readString(root().resolve("docs/configuration.md"));
		Map<String, JsonNode> properties = new LinkedHashMap<>(properties());
		assertThat(properties).isNotEmpty();
		properties.forEach((name, property) -> {
			String row = text.lines().filter((line) -> line.startsWith("| `" + name + "` |")).findFirst().orElse("");
			assertThat(row).as(name).isNotEmpty();
			if (property.hasNonNull("defaultValue") && !property.path("defaultValue").isArray()) {
				assertThat(row).as(name).contains("`" + property.path("defaultValue").asString() + "`");
			}
		});
	}

	@Test
	void xmlBlocksAreWellFormed() throws Exception {
		List<String> blocks = blocks("xml");
		assertThat(blocks).isNotEmpty();
		for (String block : blocks) {
			assertThat(DocumentBuilderFactory.newInstance()
				.newDocumentBuilder()
				.parse(new ByteArrayResource(block.getBytes()).getInputStream())
				.getDocumentElement()).isNotNull();
		}
	}

	private static String compilationUnit(String block) {
		if (block.startsWith("import ") || block.startsWith("package ")) {
			return block;
		}
		StringBuilder unit = new StringBuilder();
		IMPORTS.forEach((name) -> unit.append("import ").append(name).append(";\n"));
		return unit.append(block).toString();
	}

	private static List<String> blocks(String language) throws IOException {
		List<String> blocks = new ArrayList<>();
		for (Path document : documents()) {
			Matcher matcher = BLOCK.matcher(Files.readString(document));
			while (matcher.find()) {
				if (matcher.group(1).equals(language)) {
					blocks.add(matcher.group(2));
				}
			}
		}
		return blocks;
	}

	private static List<Path> documents() throws IOException {
		try (Stream<Path> documents = Files.list(root().resolve("docs"))) {
			return Stream
				.concat(Stream.of(root().resolve("README.md")),
						documents.filter((path) -> path.toString().endsWith(".md")).sorted())
				.toList();
		}
	}

	private static Path root() {
		Path root = Path.of("").toAbsolutePath();
		while (!Files.exists(root.resolve("docs"))) {
			root = root.getParent();
		}
		return root;
	}

	private static Set<String> knownProperties() throws IOException {
		return new TreeSet<>(properties().keySet());
	}

	private static Map<String, JsonNode> properties() throws IOException {
		Map<String, JsonNode> properties = new LinkedHashMap<>();
		List<URL> resources = Collections.list(
				DocumentationTests.class.getClassLoader().getResources("META-INF/spring-configuration-metadata.json"));
		for (URL resource : resources) {
			try (InputStream in = resource.openStream()) {
				for (JsonNode property : JsonMapper.shared().readTree(in).path("properties")) {
					String name = property.path("name").asString("");
					if (name.startsWith("electron.")) {
						properties.put(name, property);
					}
				}
			}
		}
		return properties;
	}

}
