using Emu.Ir;

namespace Emu.Guest.RiscV;

// Unpriv. ISA chapters 9 and 19: cache blocks and locality hints. A block has 64 bytes (Zic64b). Caches cannot be seen in user mode, so that
// all that is left of cleaning and flushing is the access that must be allowed; Linux lets no program discard what a cache holds.
internal ref partial struct InstructionSemantics
{
    private const int CacheBlockSize = 64;

    private partial void CboInval(XRegister rs1) => Illegal(_bits);

    private partial void CboClean(XRegister rs1) => _ir.Load(X(rs1), 0, 1);

    private partial void CboFlush(XRegister rs1) => _ir.Load(X(rs1), 0, 1);

    // A block lies in one page: if its first store is allowed, so are the others.
    private partial void CboZero(XRegister rs1)
    {
        var block = _ir.And(X(rs1), Imm(-CacheBlockSize));
        for (var offset = 0; offset < CacheBlockSize; offset += 8)
            _ir.Store(block, Imm(0), offset, 8);
    }

    // Hints: prefetches never fault, whatever the address.
    private partial void PrefetchI(XRegister rs1, int imm)
    {
    }

    private partial void PrefetchR(XRegister rs1, int imm)
    {
    }

    private partial void PrefetchW(XRegister rs1, int imm)
    {
    }

    private partial void NtlP1()
    {
    }

    private partial void NtlPall()
    {
    }

    private partial void NtlS1()
    {
    }

    private partial void NtlAll()
    {
    }
}
