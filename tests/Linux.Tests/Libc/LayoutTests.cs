using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Reflection.Emit;
using System.Text;
using Warren.Linux.Libc;

namespace Warren.Linux.Tests.Libc;

/// <summary>Asks a C compiler for every size, offset and constant that Libc/ states.</summary>
public sealed class LayoutTests
{
    [Fact]
    public void Every_structure_and_constant_is_what_the_C_headers_say()
    {
        List<Claim> claims = Claims().ToList();
        Assert.True(claims.Count > 150, $"only {claims.Count} claims found");
        long[] answers = Compile(claims);
        var wrong = claims.Zip(answers).Where(pair => pair.First.Value != pair.Second)
            .Select(pair => $"{pair.First.Expression}: we say {pair.First.Value}, C says {pair.Second}").ToList();
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public void Every_type_of_Libc_that_has_constants_or_fields_names_its_header()
    {
        IEnumerable<Type> silent = LibcTypes().Where(type => type.GetCustomAttributes<HeaderAttribute>().Any() is false
            && (Constants(type).Any() || IsStructure(type)));
        Assert.Empty(silent.Select(type => type.Name));
    }

    private static IEnumerable<Type> LibcTypes() => typeof(HeaderAttribute).Assembly.GetTypes()
        .Where(type => type.Namespace == "Warren.Linux.Libc" && !type.IsNested && type != typeof(HeaderAttribute));

    private static bool IsStructure(Type type) => type is { IsValueType: true, IsEnum: false, IsPrimitive: false }
        && type.GetCustomAttribute<System.Runtime.CompilerServices.InlineArrayAttribute>() is null;

    private static IEnumerable<FieldInfo> Constants(Type type) =>
        type.GetFields(BindingFlags.Static | BindingFlags.Public).Where(field => field.IsLiteral && field.FieldType != typeof(string));

    private static IEnumerable<Claim> Claims()
    {
        foreach (Type type in LibcTypes())
        {
            string[] headers = type.GetCustomAttributes<HeaderAttribute>().Select(header => header.File).ToArray();
            if (headers.Length == 0) continue;
            foreach (FieldInfo constant in Constants(type))
                yield return new Claim(headers, constant.Name, ToLong(constant.GetRawConstantValue()!));
            if (!IsStructure(type)) continue;
            yield return new Claim(headers, $"sizeof(struct {type.Name})", Measure(type, null));
            foreach (FieldInfo field in type.GetFields(BindingFlags.Instance | BindingFlags.Public))
                yield return new Claim(headers, $"offsetof(struct {type.Name}, {field.Name})", Measure(type, field));
        }

        yield return new Claim(["sys/epoll.h"], "sizeof(struct epoll_event)", SysEpoll.EventSize);
        yield return new Claim(["sys/epoll.h"], "offsetof(struct epoll_event, data)", SysEpoll.EventDataOffset);
        foreach (Errno errno in Enum.GetValues<Errno>().Where(errno => errno != Errno.None))
            yield return new Claim(["errno.h"], errno.ToString(), (int)errno);
    }

    private static long ToLong(object value) =>
        value is ulong big ? unchecked((long)big) : Convert.ToInt64(value, CultureInfo.InvariantCulture);

    /// <summary>sizeof, or the offset of a field, as the JIT laid it out (Marshal's answers are about marshalling).</summary>
    private static int Measure(Type type, FieldInfo? field)
    {
        var method = new DynamicMethod("measure", typeof(int), [], typeof(LayoutTests).Module, skipVisibility: true);
        ILGenerator il = method.GetILGenerator();
        if (field is null)
        {
            il.Emit(OpCodes.Sizeof, type);
        }
        else
        {
            il.DeclareLocal(type);
            il.Emit(OpCodes.Ldloca_S, 0);
            il.Emit(OpCodes.Ldflda, field);
            il.Emit(OpCodes.Conv_I);
            il.Emit(OpCodes.Ldloca_S, 0);
            il.Emit(OpCodes.Conv_I);
            il.Emit(OpCodes.Sub);
            il.Emit(OpCodes.Conv_I4);
        }

        il.Emit(OpCodes.Ret);
        return method.CreateDelegate<Func<int>>()();
    }

    /// <summary>One translation unit per set of headers (some exclude each other), one program, one number a line.</summary>
    private static long[] Compile(List<Claim> claims)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("warren-layout-");
        try
        {
            var units = claims.GroupBy(claim => string.Join(' ', claim.Headers)).ToList();
            var main = new StringBuilder();
            for (int unit = 0; unit < units.Count; unit++)
            {
                var source = new StringBuilder("#define _GNU_SOURCE\n#include <stddef.h>\n#include <stdio.h>\n");
                foreach (string header in units[unit].First().Headers) source.Append(CultureInfo.InvariantCulture, $"#include <{header}>\n");
                source.Append(CultureInfo.InvariantCulture, $"void unit{unit}(void) {{\n");
                foreach (Claim claim in units[unit])
                    source.Append(CultureInfo.InvariantCulture, $"printf(\"%lld\\n\", (long long)({claim.Expression}));\n");
                File.WriteAllText(Path.Combine(folder.FullName, $"unit{unit}.c"), source.Append("}\n").ToString());
                main.Append(CultureInfo.InvariantCulture, $"void unit{unit}(void); ");
            }

            main.Append("int main(void) { ");
            for (int unit = 0; unit < units.Count; unit++) main.Append(CultureInfo.InvariantCulture, $"unit{unit}(); ");
            File.WriteAllText(Path.Combine(folder.FullName, "main.c"), main.Append("return 0; }\n").ToString());
            string[] sources = ["main.c", .. Enumerable.Range(0, units.Count).Select(unit => $"unit{unit}.c")];
            Run("cc", ["-w", "-o", "layout", .. sources], folder.FullName);
            string[] lines = Run(Path.Combine(folder.FullName, "layout"), [], folder.FullName).Split('\n', StringSplitOptions.RemoveEmptyEntries);
            Assert.Equal(claims.Count, lines.Length);
            Dictionary<string, long> answers = units.SelectMany(unit => unit).Zip(lines)
                .ToDictionary(pair => pair.First.Key, pair => long.Parse(pair.Second, CultureInfo.InvariantCulture));
            return claims.Select(claim => answers[claim.Key]).ToArray();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string Run(string program, string[] arguments, string folder)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(program, arguments)
            {
                WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true,
            })!;
            string output = process.StandardOutput.ReadToEnd();
            string errors = process.StandardError.ReadToEnd();
            process.WaitForExit();
            Assert.True(process.ExitCode == 0, errors);
            return output;
        }
        catch (Win32Exception) when (program == "cc")
        {
            Assert.Skip("No C compiler: the layouts of Libc/ are not compared.");
            throw;
        }
    }

    private sealed record Claim(string[] Headers, string Expression, long Value)
    {
        public string Key => string.Join(' ', Headers) + ": " + Expression;
    }
}
