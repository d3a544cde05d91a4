// SPDX-License-Identifier: Apache-2.0
// Contracts of the emulated chains. Written for these tests; their events have the shape of well-known ones, so that decoders of
// those read them: ERC-20, a wrapped native coin, a pool as Uniswap v2, a bridge as Celer's cBridge, a mixer as Tornado Cash.
pragma solidity ^0.8.20;

contract Token {
    event Transfer(address indexed from, address indexed to, uint256 value);
    event Approval(address indexed owner, address indexed spender, uint256 value);

    mapping(address => uint256) public balanceOf;
    mapping(address => mapping(address => uint256)) public allowance;
    address public minter;
    uint8 public immutable decimals;

    constructor(uint8 places) {
        decimals = places;
        minter = msg.sender;
    }

    function handOver(address next) external {
        require(msg.sender == minter, "only the minter");
        minter = next;
    }

    function mint(address to, uint256 value) external {
        require(msg.sender == minter, "only the minter");
        balanceOf[to] += value;
        emit Transfer(address(0), to, value);
    }

    function burn(address from, uint256 value) external {
        require(msg.sender == minter, "only the minter");
        balanceOf[from] -= value;
        emit Transfer(from, address(0), value);
    }

    function approve(address spender, uint256 value) external returns (bool) {
        allowance[msg.sender][spender] = value;
        emit Approval(msg.sender, spender, value);
        return true;
    }

    function transfer(address to, uint256 value) external returns (bool) {
        return move(msg.sender, to, value);
    }

    function transferFrom(address from, address to, uint256 value) external returns (bool) {
        allowance[from][msg.sender] -= value;
        return move(from, to, value);
    }

    function move(address from, address to, uint256 value) private returns (bool) {
        balanceOf[from] -= value;
        balanceOf[to] += value;
        emit Transfer(from, to, value);
        return true;
    }
}

/// Makes tokens for the native coin by Deposit and Withdrawal, without a Transfer.
contract Wrapped {
    event Transfer(address indexed src, address indexed dst, uint256 wad);
    event Approval(address indexed src, address indexed guy, uint256 wad);
    event Deposit(address indexed dst, uint256 wad);
    event Withdrawal(address indexed src, uint256 wad);

    mapping(address => uint256) public balanceOf;
    mapping(address => mapping(address => uint256)) public allowance;

    receive() external payable {
        deposit();
    }

    function deposit() public payable {
        balanceOf[msg.sender] += msg.value;
        emit Deposit(msg.sender, msg.value);
    }

    function withdraw(uint256 wad) external {
        balanceOf[msg.sender] -= wad;
        (bool sent, ) = msg.sender.call{value: wad}("");
        require(sent, "not sent");
        emit Withdrawal(msg.sender, wad);
    }

    function approve(address guy, uint256 wad) external returns (bool) {
        allowance[msg.sender][guy] = wad;
        emit Approval(msg.sender, guy, wad);
        return true;
    }

    function transfer(address dst, uint256 wad) external returns (bool) {
        return move(msg.sender, dst, wad);
    }

    function transferFrom(address src, address dst, uint256 wad) external returns (bool) {
        allowance[src][msg.sender] -= wad;
        return move(src, dst, wad);
    }

    function move(address src, address dst, uint256 wad) private returns (bool) {
        balanceOf[src] -= wad;
        balanceOf[dst] += wad;
        emit Transfer(src, dst, wad);
        return true;
    }
}

interface IToken {
    function balanceOf(address owner) external view returns (uint256);
    function transfer(address to, uint256 value) external returns (bool);
    function transferFrom(address from, address to, uint256 value) external returns (bool);
}

interface IMinted {
    function mint(address to, uint256 value) external;
    function burn(address from, uint256 value) external;
}

/// A constant product, with the fee of three thousandths.
contract Pool {
    event Sync(uint112 reserve0, uint112 reserve1);
    event Swap(
        address indexed sender,
        uint256 amount0In,
        uint256 amount1In,
        uint256 amount0Out,
        uint256 amount1Out,
        address indexed to
    );

    IToken public immutable token0;
    IToken public immutable token1;
    uint112 public reserve0;
    uint112 public reserve1;

    constructor(IToken first, IToken second) {
        token0 = first;
        token1 = second;
    }

    function sync() external {
        update(token0.balanceOf(address(this)), token1.balanceOf(address(this)));
    }

    function swap(uint256 amount0Out, uint256 amount1Out, address to) external {
        if (amount0Out > 0) token0.transfer(to, amount0Out);
        if (amount1Out > 0) token1.transfer(to, amount1Out);
        uint256 balance0 = token0.balanceOf(address(this));
        uint256 balance1 = token1.balanceOf(address(this));
        uint256 amount0In = balance0 + amount0Out - reserve0;
        uint256 amount1In = balance1 + amount1Out - reserve1;
        require(
            (balance0 * 1000 - amount0In * 3) * (balance1 * 1000 - amount1In * 3) >=
                uint256(reserve0) * reserve1 * 1_000_000,
            "K"
        );
        update(balance0, balance1);
        emit Swap(msg.sender, amount0In, amount1In, amount0Out, amount1Out, to);
    }

    function update(uint256 balance0, uint256 balance1) private {
        reserve0 = uint112(balance0);
        reserve1 = uint112(balance1);
        emit Sync(reserve0, reserve1);
    }
}

contract Router {
    Wrapped public immutable wrapped;

    constructor(Wrapped coin) {
        wrapped = coin;
    }

    receive() external payable {}

    function swapTokens(Pool pool, IToken given, uint256 amount, address to) external {
        given.transferFrom(msg.sender, address(pool), amount);
        send(pool, given, amount, to);
    }

    function swapCoin(Pool pool, address to) external payable {
        wrapped.deposit{value: msg.value}();
        wrapped.transfer(address(pool), msg.value);
        send(pool, IToken(address(wrapped)), msg.value, to);
    }

    function swapForCoin(Pool pool, IToken given, uint256 amount, address payable to) external {
        given.transferFrom(msg.sender, address(pool), amount);
        uint256 out = send(pool, given, amount, address(this));
        wrapped.withdraw(out);
        (bool sent, ) = to.call{value: out}("");
        require(sent, "not sent");
    }

    function send(Pool pool, IToken given, uint256 amount, address to) private returns (uint256 out) {
        bool first = address(given) == address(pool.token0());
        (uint256 from, uint256 into) = first
            ? (uint256(pool.reserve0()), uint256(pool.reserve1()))
            : (uint256(pool.reserve1()), uint256(pool.reserve0()));
        out = (amount * 997 * into) / (from * 1000 + amount * 997);
        pool.swap(first ? 0 : out, first ? out : 0, to);
    }
}

/// Locks a token on its own chain and mints it on the other; whoever operates it names the transfer that is relayed.
contract Bridge {
    event Send(
        bytes32 transferId,
        address sender,
        address receiver,
        address token,
        uint256 amount,
        uint64 dstChainId,
        uint64 nonce,
        uint32 maxSlippage
    );
    event Relay(
        bytes32 transferId,
        address sender,
        address receiver,
        address token,
        uint256 amount,
        uint64 srcChainId,
        bytes32 srcTransferId
    );

    address public immutable operator;
    IToken public immutable token;
    bool public immutable mints;

    constructor(IToken bridged, bool minting) {
        operator = msg.sender;
        token = bridged;
        mints = minting;
    }

    function send(address receiver, uint256 amount, uint64 dstChainId, uint64 nonce) external {
        if (mints) IMinted(address(token)).burn(msg.sender, amount);
        else token.transferFrom(msg.sender, address(this), amount);
        bytes32 id = keccak256(
            abi.encodePacked(msg.sender, receiver, address(token), amount, dstChainId, nonce, uint64(block.chainid))
        );
        emit Send(id, msg.sender, receiver, address(token), amount, dstChainId, nonce, 5000);
    }

    function relay(address sender, address receiver, uint256 amount, uint64 srcChainId, bytes32 srcId) external {
        require(msg.sender == operator, "only the operator");
        if (mints) IMinted(address(token)).mint(receiver, amount);
        else token.transfer(receiver, amount);
        bytes32 id = keccak256(
            abi.encodePacked(sender, receiver, address(token), amount, srcChainId, uint64(block.chainid), srcId)
        );
        emit Relay(id, sender, receiver, address(token), amount, srcChainId, srcId);
    }
}

/// Coins of one size go in; whoever knows a nullifier takes one out. No proof is asked for: the events are what matters here.
contract Mixer {
    event Deposit(bytes32 indexed commitment, uint32 leafIndex, uint256 timestamp);
    event Withdrawal(address to, bytes32 nullifierHash, address indexed relayer, uint256 fee);

    uint256 public immutable denomination;
    uint32 private leaves;
    mapping(bytes32 => bool) private spent;

    constructor(uint256 size) {
        denomination = size;
    }

    function deposit(bytes32 commitment) external payable {
        require(msg.value == denomination, "one size only");
        emit Deposit(commitment, leaves++, block.timestamp);
    }

    function withdraw(address payable to, bytes32 nullifierHash, address payable relayer, uint256 fee) external {
        require(!spent[nullifierHash], "spent");
        spent[nullifierHash] = true;
        (bool sent, ) = to.call{value: denomination - fee}("");
        require(sent, "not sent");
        if (fee > 0) {
            (bool paid, ) = relayer.call{value: fee}("");
            require(paid, "not paid");
        }
        emit Withdrawal(to, nullifierHash, relayer, fee);
    }
}

contract Splitter {
    function split(address payable[] calldata to) external payable {
        uint256 part = msg.value / to.length;
        for (uint256 n = 0; n + 1 < to.length; n++) {
            (bool sent, ) = to[n].call{value: part}("");
            require(sent, "not sent");
        }
        (bool last, ) = to[to.length - 1].call{value: address(this).balance}("");
        require(last, "not sent");
    }
}

/// Holds what it was made with until it is told where to leave it.
contract Holder {
    constructor() payable {}

    function leave(address payable to) external {
        selfdestruct(to);
    }
}

contract Refusing {
    function pay() external payable {
        revert("never");
    }
}
