using System;
using Warren.Linux.Libc;

namespace Warren.Linux.Netlink;

/// <summary>A policy rule as the kernel has it.</summary>
public sealed record RuleState : RuleSpec
{
    /// <summary>Reads RTM_NEWRULE; null when it is not one, or of another family.</summary>
    internal static RuleState? Parse(ReadOnlySpan<byte> payload)
    {
        if (!NetlinkMessage.TrySplit(payload, out fib_rule_hdr header, out AttributeReader attributes)) return null;
        if (header.family is not (SysSocket.AF_INET or SysSocket.AF_INET6)) return null;
        var rule = new RuleState
        {
            IsIPv6 = header.family == SysSocket.AF_INET6,
            Priority = 0, // the kernel leaves a zero out
            Invert = (header.flags & LinuxFibRules.FIB_RULE_INVERT) != 0,
            SourceLength = header.src_len,
            DestinationLength = header.dst_len,
            Action = (RuleAction)header.action,
            Table = header.table,
        };
        while (attributes.Next())
        {
            rule = attributes.Type switch
            {
                LinuxFibRules.FRA_PRIORITY => rule with { Priority = attributes.UInt32() },
                LinuxFibRules.FRA_FWMARK => rule with { FwMark = attributes.UInt32() },
                LinuxFibRules.FRA_FWMASK => rule with { FwMask = attributes.UInt32() },
                LinuxFibRules.FRA_TABLE => rule with { Table = attributes.UInt32() },
                LinuxFibRules.FRA_SRC => rule with { Source = attributes.Payload.ToArray() },
                LinuxFibRules.FRA_DST => rule with { Destination = attributes.Payload.ToArray() },
                LinuxFibRules.FRA_IIFNAME => rule with { InputInterface = attributes.Text() },
                LinuxFibRules.FRA_OIFNAME => rule with { OutputInterface = attributes.Text() },

                // The kernel says -1 where nothing is suppressed.
                LinuxFibRules.FRA_SUPPRESS_PREFIXLEN => rule with
                {
                    SuppressPrefixLength = (int)attributes.UInt32() is >= 0 and var length ? length : null,
                },
                _ => rule,
            };
        }

        return rule;
    }
}
