using System;
using System.Collections.Generic;
using Warren.Linux.Libc;

namespace Warren.Linux.Netlink;

/// <content>Policy rules: `ip rule`.</content>
public sealed partial class RouteNetlink
{
    /// <summary>The rules of a family, in the order they are asked.</summary>
    public IReadOnlyList<RuleState> Rules(bool ipv6)
    {
        Span<byte> buffer = stackalloc byte[RequestSize];
        var request = NetlinkRequest.Create(
            buffer, LinuxRtnetlink.RTM_GETRULE, 0, new fib_rule_hdr { family = Family(ipv6) });
        return Parsed(_kernel.Dump(ref request, "list rules"), LinuxRtnetlink.RTM_NEWRULE,
            payload => RuleState.Parse(payload), rule => rule.IsIPv6 == ipv6);
    }

    /// <summary>Adds a rule.</summary>
    /// <exception cref="LinuxException">EEXIST: there is the same one.</exception>
    public void AddRule(RuleSpec rule) =>
        ChangeRule(LinuxRtnetlink.RTM_NEWRULE, LinuxNetlink.NLM_F_CREATE | LinuxNetlink.NLM_F_EXCL, rule, "add");

    /// <summary>Removes the first rule that has everything the given one says.</summary>
    /// <exception cref="LinuxException">ENOENT: there is none.</exception>
    public void DeleteRule(RuleSpec rule) => ChangeRule(LinuxRtnetlink.RTM_DELRULE, 0, rule, "delete");

    private void ChangeRule(ushort type, ushort flags, RuleSpec rule, string verb)
    {
        Span<byte> buffer = stackalloc byte[RequestSize];
        var request = NetlinkRequest.Create(buffer, type, flags, new fib_rule_hdr
        {
            family = Family(rule.IsIPv6),
            src_len = (byte)(rule.Source is null ? 0 : rule.SourceLength),
            dst_len = (byte)(rule.Destination is null ? 0 : rule.DestinationLength),
            table = (byte)(rule.Action != RuleAction.Lookup || rule.Table >= 256 ? 0 : rule.Table),
            action = (byte)rule.Action,
            flags = rule.Invert ? LinuxFibRules.FIB_RULE_INVERT : 0,
        });
        if (rule.Priority is { } priority) request.Attributes.AddUInt32(LinuxFibRules.FRA_PRIORITY, priority);
        if (rule.FwMark is { } mark) request.Attributes.AddUInt32(LinuxFibRules.FRA_FWMARK, mark);
        if (rule.FwMask is { } mask) request.Attributes.AddUInt32(LinuxFibRules.FRA_FWMASK, mask);
        if (rule.Source is { } source) request.Attributes.Add(LinuxFibRules.FRA_SRC, source);
        if (rule.Destination is { } destination) request.Attributes.Add(LinuxFibRules.FRA_DST, destination);
        if (rule.InputInterface is { } input) request.Attributes.AddText(LinuxFibRules.FRA_IIFNAME, input);
        if (rule.OutputInterface is { } output) request.Attributes.AddText(LinuxFibRules.FRA_OIFNAME, output);
        if (rule.Action == RuleAction.Lookup) request.Attributes.AddUInt32(LinuxFibRules.FRA_TABLE, rule.Table);
        if (rule.SuppressPrefixLength is { } length)
            request.Attributes.AddUInt32(LinuxFibRules.FRA_SUPPRESS_PREFIXLEN, (uint)length);
        _kernel.Execute(ref request, $"{verb} rule for table {rule.Table}");
    }
}
